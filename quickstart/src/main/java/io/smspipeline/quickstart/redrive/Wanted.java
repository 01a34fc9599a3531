package io.smspipeline.quickstart.redrive;

import io.smspipeline.schemas.deadletter.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant: all that is said must hold. Immutable.
 *
 * @param topic the topic they lay in; null for any
 * @param group the group that set them aside; null for any
 * @param conditions further ones
 */
public record Wanted(@Nullable String topic, @Nullable String group, List<Condition> conditions) {
    /** How the word of a condition is found in our own headers; what is not among them is the name of a header. */
    private static final Map<String, String> WORDS = Map.of(
            "group", DeadLetter.GROUP,
            "topic", DeadLetter.TOPIC,
            "partition", DeadLetter.PARTITION,
            "offset", DeadLetter.OFFSET,
            "attempts", DeadLetter.ATTEMPTS,
            "at", DeadLetter.AT);

    /** Copies the conditions. */
    public Wanted {
        conditions = List.copyOf(conditions);
    }

    /**
     * One thing asked of a letter: of {@code reason} that it contains the value, of all else that it equals it.
     *
     * @param word {@code reason}, {@code key}, {@code messageId}, what {@code ./sms watch dead-letter --json} shows, or the
     *     name of a header
     */
    public record Condition(String word, String value) {}

    /**
     * Whether a letter is meant.
     *
     * @param messageIdOf the message a letter is about
     */
    boolean holds(ConsumerRecord<byte[], byte[]> letter, Function<ConsumerRecord<byte[], byte[]>, String> messageIdOf) {
        return isOr(topic, DeadLetter.header(letter.headers(), DeadLetter.TOPIC))
                && isOr(group, DeadLetter.header(letter.headers(), DeadLetter.GROUP))
                && conditions.stream().allMatch(condition -> holds(condition, letter, messageIdOf));
    }

    private static boolean isOr(@Nullable String wanted, @Nullable String found) {
        return wanted == null || wanted.equals(found);
    }

    private static boolean holds(
            Condition condition,
            ConsumerRecord<byte[], byte[]> letter,
            Function<ConsumerRecord<byte[], byte[]>, String> messageIdOf) {
        return switch (condition.word()) {
            case "reason" -> {
                String reason = DeadLetter.header(letter.headers(), DeadLetter.REASON);
                yield reason != null && reason.contains(condition.value());
            }
            case "key" ->
                letter.key() != null && new String(letter.key(), StandardCharsets.UTF_8).equals(condition.value());
            case "messageId" -> messageIdOf.apply(letter).equals(condition.value());
            default ->
                condition
                        .value()
                        .equals(DeadLetter.header(
                                letter.headers(), WORDS.getOrDefault(condition.word(), condition.word())));
        };
    }
}
