/** One class a command: what a person may ask, and what is answered. */
@NullMarked
package io.smspipeline.quickstart.command;

import org.jspecify.annotations.NullMarked;
