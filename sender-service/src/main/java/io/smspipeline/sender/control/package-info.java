/** What operators want of providers, and what this process tells of them. */
@NullMarked
package io.smspipeline.sender.control;

import org.jspecify.annotations.NullMarked;
