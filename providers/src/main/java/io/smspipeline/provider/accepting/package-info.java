/** Providers that accept everything at once and carry it nowhere: {@code log} and {@code null}. */
@NullMarked
package io.smspipeline.provider.accepting;

import org.jspecify.annotations.NullMarked;
