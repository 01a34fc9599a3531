package io.smspipeline.provider.http;

import java.util.Optional;
import java.util.function.Function;

/**
 * A question by which an API tells whether it took a message whose answer was lost.
 *
 * @param found reads the answer: the message, if it is told of there
 */
public record LookUp(Call call, Function<HttpAnswer, Optional<Verdict.Taken>> found) {}
