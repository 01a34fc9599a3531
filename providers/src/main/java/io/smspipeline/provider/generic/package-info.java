/** {@code http}: a provider that a configuration describes, requests, answers and callbacks, without code. */
@NullMarked
package io.smspipeline.provider.generic;

import org.jspecify.annotations.NullMarked;
