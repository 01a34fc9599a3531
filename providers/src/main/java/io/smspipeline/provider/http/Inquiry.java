package io.smspipeline.provider.http;

import io.smspipeline.provider.webhook.ReceiptDraft;
import java.util.Optional;
import java.util.function.Function;

/**
 * A question by which an API tells what became of a message it took.
 *
 * @param told reads a successful answer: the state, if it is told there
 */
public record Inquiry(Call call, Function<HttpAnswer, Optional<ReceiptDraft>> told) {}
