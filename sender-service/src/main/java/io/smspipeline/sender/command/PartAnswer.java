package io.smspipeline.sender.command;

import io.smspipeline.provider.HeldAnswer;
import io.smspipeline.record.HeldPart;
import org.jspecify.annotations.Nullable;

/**
 * What the provider said about one part.
 *
 * @param answer to what was commanded
 * @param state what it says became of the part, where that was asked because it would not withdraw it; null otherwise
 */
record PartAnswer(HeldPart part, HeldAnswer answer, HeldAnswer.@Nullable Told state) {}
