package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.wire.CommandStatus;
import java.time.Duration;
import java.util.Map;

/**
 * How the SMSC behaves; may be changed while it runs. Begin with {@link #prompt()} or {@link #lifelike()} and change what
 * matters with {@link #with()}.
 *
 * @param latency from submit_sm to its answer
 * @param receipts whether receipts are sent to those who ask for one
 * @param receiptDelay how long a message is held before it is delivered and its receipt sent; until then it can be queried,
 *     cancelled and replaced
 * @param receiptState how messages end
 * @param receiptStates destination number to how messages to it end, where that differs
 * @param receiptBeforeAnswer the receipt is sent at once, and the submit_sm_resp a tenth of a second later
 * @param replies whether a text that ends in {@code ?} is answered by its handset
 * @param replyDelay from acceptance to the reply
 * @param replyText the reply; <code>{text}</code> stands for the text that was asked
 * @param messageIds how ids are written
 * @param maxBinds binds of one system_id at a time, of all kinds; 0 = any number
 * @param bindRefusal {@code command_status} for a bind too many: 0x05 (ESME_RALYBND) or 0x0D (ESME_RBINDFAIL)
 * @param throttle submits taken of one system_id a second, over which the answer is 0x58; 0 = any number
 * @param throttleTotal the same for all accounts together
 * @param throttleRule what counts as a second
 * @param errorRate share of submits answered with {@code errorCode}, 0..1
 * @param errorCode {@code command_status} of these
 * @param refusals destination number to {@code command_status}: these are always refused
 * @param dropEvery every so many submits the connection is cut after the message was accepted and before its answer; 0 = never
 * @param mute everything is read and nothing is sent, neither then nor later for what was read
 * @param holdAnswers submit_sm_resp are kept until this is false again
 * @param dataSm receipts and texts from handsets come as data_sm in place of deliver_sm
 * @param redeliveryDelay until a deliver_sm answered with an error, or not at all, is sent again
 */
public record Behaviour(
        Duration latency,
        boolean receipts,
        Duration receiptDelay,
        ReceiptState receiptState,
        Map<String, ReceiptState> receiptStates,
        boolean receiptBeforeAnswer,
        boolean replies,
        Duration replyDelay,
        String replyText,
        MessageIdForm messageIds,
        int maxBinds,
        int bindRefusal,
        int throttle,
        int throttleTotal,
        ThrottleRule throttleRule,
        double errorRate,
        int errorCode,
        Map<String, Integer> refusals,
        int dropEvery,
        boolean mute,
        boolean holdAnswers,
        boolean dataSm,
        Duration redeliveryDelay) {

    public Behaviour {
        receiptStates = Map.copyOf(receiptStates);
        refusals = Map.copyOf(refusals);
        requireNotNegative("latency", latency);
        requireNotNegative("receiptDelay", receiptDelay);
        requireNotNegative("replyDelay", replyDelay);
        requireNotNegative("redeliveryDelay", redeliveryDelay);
        requireNotNegative("maxBinds", maxBinds);
        requireNotNegative("throttle", throttle);
        requireNotNegative("throttleTotal", throttleTotal);
        requireNotNegative("dropEvery", dropEvery);
        if (!(errorRate >= 0 && errorRate <= 1)) {
            throw new IllegalArgumentException(
                    "errorRate is " + errorRate + ": it is a share of the submits. Set 0 to 1.");
        }
    }

    private static void requireNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(
                    name + " is " + value + ": nothing happens before its cause. Set 0ms or more.");
        }
    }

    private static void requireNotNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " is " + value + ": set 0 for none, or a positive number.");
        }
    }

    /** Answers, receipts and replies at once: for tests and measurements. */
    public static Behaviour prompt() {
        return new Behaviour(
                Duration.ZERO,
                true,
                Duration.ZERO,
                ReceiptState.DELIVRD,
                Map.of(),
                false,
                true,
                Duration.ZERO,
                "Yes. You asked: {text}",
                MessageIdForm.DECIMAL,
                0,
                CommandStatus.ALREADY_BOUND,
                0,
                0,
                ThrottleRule.SLIDING_SECOND,
                0,
                CommandStatus.SYSTEM_ERROR,
                Map.of(),
                0,
                false,
                false,
                false,
                Duration.ofSeconds(1));
    }

    /** A receipt after half a second, a reply after one: for people to watch. */
    public static Behaviour lifelike() {
        return prompt().with()
                .latency(Duration.ofMillis(20))
                .receiptDelay(Duration.ofMillis(500))
                .replyDelay(Duration.ofSeconds(1))
                .build();
    }

    /** How a message to this number ends. */
    ReceiptState receiptStateFor(String destination) {
        return receiptStates.isEmpty() ? receiptState : receiptStates.getOrDefault(destination, receiptState);
    }

    /** A copy to change. */
    public BehaviourBuilder with() {
        return new BehaviourBuilder(this);
    }
}
