/** The four applications of the router, put together. */
@NullMarked
package io.smspipeline.router;

import org.jspecify.annotations.NullMarked;
