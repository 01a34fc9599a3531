/** What waits for an instant: woken by one timer, found without scanning, kept through restarts. */
@NullMarked
package io.smspipeline.router.waiting;

import org.jspecify.annotations.NullMarked;
