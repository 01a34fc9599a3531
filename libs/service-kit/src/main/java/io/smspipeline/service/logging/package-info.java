/** What may be seen of handset numbers and texts in a log. */
@NullMarked
package io.smspipeline.service.logging;

import org.jspecify.annotations.NullMarked;
