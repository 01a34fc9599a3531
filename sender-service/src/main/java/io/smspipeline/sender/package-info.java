/** Hands messages to providers and commits only what they accepted. */
@NullMarked
package io.smspipeline.sender;

import org.jspecify.annotations.NullMarked;
