/** What a message must be like before anybody is asked to carry it. */
@NullMarked
package io.smspipeline.admission;

import org.jspecify.annotations.NullMarked;
