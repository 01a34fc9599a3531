/** How to talk to whoever carries messages: the interface every provider implements, and what it is handed. */
@NullMarked
package io.smspipeline.provider;

import org.jspecify.annotations.NullMarked;
