/** From records of the submit topics to messages in hand. */
@NullMarked
package io.smspipeline.sender.reading;

import org.jspecify.annotations.NullMarked;
