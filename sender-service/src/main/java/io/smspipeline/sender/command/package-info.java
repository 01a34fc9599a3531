/** What is commanded about messages handed over before: asked of the provider, withdrawn from the lanes, told. */
@NullMarked
package io.smspipeline.sender.command;

import org.jspecify.annotations.NullMarked;
