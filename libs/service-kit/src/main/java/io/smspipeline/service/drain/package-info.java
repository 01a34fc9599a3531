/** Starting a process's parts in order, and ending them in reverse within bounded time. */
@NullMarked
package io.smspipeline.service.drain;

import org.jspecify.annotations.NullMarked;
