package io.smspipeline.simulator.aggregator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.simulator.smsc.Delay;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a simulated aggregator behaves from now on. Immutable; {@link #changed} gives another one. Shares are between 0 and 1.
 *
 * @param latency from a request to its answer
 * @param throttle requests a second that are taken; 0: any number
 * @param throttleAll every request is too many
 * @param retryAfter what is said with 429, in full seconds; zero: nothing
 * @param failureShare requests that meet trouble of the aggregator's own
 * @param failureStatus and with which HTTP status
 * @param refusals recipient (digits) to the code that its messages are refused with; {@code *} is every recipient
 * @param refuseCredentials whether everybody's are wrong
 * @param noCredit whether the account has no money
 * @param mute nothing is answered, and nothing taken
 * @param unansweredShare requests whose messages are taken and whose answer never leaves
 * @param dropShare requests whose messages are taken and whose connection is then closed
 * @param receipts whether status callbacks are sent
 * @param receiptDelay from acceptance to the final status
 * @param finalState how messages end
 * @param duplicateShare callbacks that come twice
 * @param forgedShare callbacks that come with a wrong signature before the right one
 * @param replies whether handsets answer a text that ends in a question mark
 * @param replyDelay from acceptance to that answer
 */
public record AggregatorBehaviour(
        Delay latency,
        int throttle,
        boolean throttleAll,
        Duration retryAfter,
        double failureShare,
        int failureStatus,
        Map<String, String> refusals,
        boolean refuseCredentials,
        boolean noCredit,
        boolean mute,
        double unansweredShare,
        double dropShare,
        boolean receipts,
        Delay receiptDelay,
        FinalState finalState,
        double duplicateShare,
        double forgedShare,
        boolean replies,
        Delay replyDelay) {
    /** Everything works, at once. */
    public static final AggregatorBehaviour PROMPT = new AggregatorBehaviour(
            Delay.NONE,
            0,
            false,
            Duration.ofSeconds(1),
            0,
            503,
            Map.of(),
            false,
            false,
            false,
            0,
            0,
            true,
            Delay.NONE,
            FinalState.DELIVERED,
            0,
            0,
            true,
            Delay.NONE);

    /** Copies, so that it cannot change. */
    public AggregatorBehaviour {
        refusals = Map.copyOf(refusals);
    }

    /** Everything works, and takes its time. */
    public static AggregatorBehaviour lifelike() {
        return PROMPT.changed(JsonNodeFactory.instance
                .objectNode()
                .put("latency", "20ms")
                .put("receiptDelay", "500ms")
                .put("replyDelay", "1s"));
    }

    /** As {@link #toJson()} has it. */
    public AggregatorBehaviour with(String name, Object value) {
        return changed(new ObjectMapper().valueToTree(Map.of(name, value)));
    }

    /**
     * Another one, with these names changed.
     *
     * @throws IllegalArgumentException when a name is unknown or a value makes no sense, with a sentence for who wrote it
     */
    public AggregatorBehaviour changed(JsonNode wishes) {
        Wishes read = new Wishes(wishes, toJson());
        AggregatorBehaviour changed = new AggregatorBehaviour(
                read.delay("latency"),
                read.number("throttle"),
                read.truth("throttleAll"),
                read.duration("retryAfter"),
                read.share("failureShare"),
                read.number("failureStatus"),
                read.texts("refusals"),
                read.truth("refuseCredentials"),
                read.truth("noCredit"),
                read.truth("mute"),
                read.share("unansweredShare"),
                read.share("dropShare"),
                read.truth("receipts"),
                read.delay("receiptDelay"),
                read.state("finalState"),
                read.share("duplicateShare"),
                read.share("forgedShare"),
                read.truth("replies"),
                read.delay("replyDelay"));
        return changed;
    }

    /** Every name with its value. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("latency", latency.toString())
                .put("throttle", throttle)
                .put("throttleAll", throttleAll)
                .put("retryAfter", retryAfter.toMillis() + "ms")
                .put("failureShare", failureShare)
                .put("failureStatus", failureStatus);
        ObjectNode codes = json.putObject("refusals");
        new TreeMap<>(refusals).forEach(codes::put);
        return json.put("refuseCredentials", refuseCredentials)
                .put("noCredit", noCredit)
                .put("mute", mute)
                .put("unansweredShare", unansweredShare)
                .put("dropShare", dropShare)
                .put("receipts", receipts)
                .put("receiptDelay", receiptDelay.toString())
                .put("finalState", finalState.name())
                .put("duplicateShare", duplicateShare)
                .put("forgedShare", forgedShare)
                .put("replies", replies)
                .put("replyDelay", replyDelay.toString());
    }

    /** Reads what is wished, or else what is. */
    private record Wishes(JsonNode wished, JsonNode present) {
        Wishes {
            wished.fieldNames().forEachRemaining(name -> {
                if (!present.has(name)) {
                    throw new IllegalArgumentException(name + " is nothing it can be told: it knows " + present);
                }
            });
        }

        private JsonNode of(String name) {
            return wished.has(name) ? wished.get(name) : present.get(name);
        }

        Delay delay(String name) {
            return Delay.parse(of(name).asText());
        }

        Duration duration(String name) {
            String text = of(name).asText();
            if (text.matches("[0-9]{1,9}ms")) {
                return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
            }
            if (text.matches("[0-9]{1,6}s?")) {
                return Duration.ofSeconds(Long.parseLong(text.replace("s", "")));
            }
            throw new IllegalArgumentException(name + " is no duration: write 500ms or 2s.");
        }

        int number(String name) {
            if (!of(name).canConvertToInt() || of(name).asInt() < 0) {
                throw new IllegalArgumentException(name + " is no number from 0 up.");
            }
            return of(name).asInt();
        }

        boolean truth(String name) {
            if (!of(name).isBoolean()) {
                throw new IllegalArgumentException(name + " is neither true nor false.");
            }
            return of(name).asBoolean();
        }

        double share(String name) {
            if (!of(name).isNumber() || of(name).asDouble() < 0 || of(name).asDouble() > 1) {
                throw new IllegalArgumentException(name + " is no share: write a number between 0 and 1.");
            }
            return of(name).asDouble();
        }

        Map<String, String> texts(String name) {
            if (!of(name).isObject()) {
                throw new IllegalArgumentException(name + " is no object: write {\"*\":\"CODE\"}.");
            }
            Map<String, String> texts = new LinkedHashMap<>();
            of(name).properties()
                    .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
            return texts;
        }

        FinalState state(String name) {
            String text = of(name).asText().toUpperCase(Locale.ROOT);
            for (FinalState state : FinalState.values()) {
                if (state.name().equals(text)) {
                    return state;
                }
            }
            throw new IllegalArgumentException(name + " is none of DELIVERED, UNDELIVERED, EXPIRED, BLOCKED.");
        }
    }
}
