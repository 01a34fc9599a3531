/** Characters to octets and parts, and back: GSM 03.38, UCS-2, segmentation, user data headers. Knows no SMPP library. */
@NullMarked
package io.smspipeline.text;

import org.jspecify.annotations.NullMarked;
