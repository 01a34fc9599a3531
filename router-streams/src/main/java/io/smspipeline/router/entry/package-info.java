/** What is asked of a message before anybody is chosen to carry it: recipient, repeats, caps, opt-outs. */
@NullMarked
package io.smspipeline.router.entry;

import org.jspecify.annotations.NullMarked;
