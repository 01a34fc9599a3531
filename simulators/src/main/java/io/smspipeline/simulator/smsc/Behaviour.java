package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.CommandStatus;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How the SMSC behaves; may be changed while it runs. Begin with {@link #prompt()} or {@link #lifelike()} and change what
 * matters with {@link #with()}. Shares and varying delays are drawn by chance from {@link SmscSettings#seed()}.
 *
 * @param latency from submit_sm to its answer; answers overtake one another where it varies
 * @param lateAnswers answers that come so late after their submit, in place of {@code latency}
 * @param receipts whether receipts are sent to those who ask for one
 * @param receiptDelay how long a message is held before it is delivered and its receipt sent; until then it can be queried,
 *     cancelled and replaced. Receipts overtake one another where it varies
 * @param lateReceipts messages held so long, in place of {@code receiptDelay}
 * @param duplicateReceipts share of receipts that come once more right behind the first, 0..1
 * @param receiptState how messages end
 * @param receiptStates destination number to how messages to it end, where that differs
 * @param receiptBeforeAnswer the receipt is sent at once, and the submit_sm_resp a tenth of a second later
 * @param replies whether a text that ends in {@code ?} is answered by its handset
 * @param replyDelay from acceptance to the reply
 * @param replyText the reply; <code>{text}</code> stands for the text that was asked
 * @param moPartOrder in which order the parts of replies and other handset texts leave
 * @param messageIds how ids are written
 * @param refuseBinds {@code command_status} that every bind is refused with; 0 = binds are taken
 * @param maxBinds binds of one system_id at a time, of all kinds; 0 = any number
 * @param bindRefusal {@code command_status} for a bind too many: 0x05 (ESME_RALYBND) or 0x0D (ESME_RBINDFAIL)
 * @param throttle submits taken of one system_id a second, over which the answer is 0x58; 0 = any number
 * @param throttleTotal the same for all accounts together
 * @param throttleRule what counts as a second
 * @param errorRate share of submits answered with an error, 0..1
 * @param errorCode {@code command_status} of these
 * @param errorCodes {@code command_status} to weight, to draw from in place of {@code errorCode}; empty = that alone
 * @param refusals destination number to {@code command_status}: these are always refused
 * @param dropEvery every so many submits the connection is cut after the message was accepted and before its answer; 0 = never
 * @param dropUnaccepted with {@code dropEvery}, that message is not accepted: nothing is ever heard of it
 * @param mute everything is read and nothing is sent, neither then nor later for what was read
 * @param unanswered requests that are not answered, while all else is
 * @param holdAnswers submit_sm_resp are kept until this is false again
 * @param dataSm receipts and texts from handsets come as data_sm in place of deliver_sm
 * @param redeliveryDelay until a deliver_sm answered with an error, or not at all, is sent again
 */
public record Behaviour(
        Delay latency,
        Late lateAnswers,
        boolean receipts,
        Delay receiptDelay,
        Late lateReceipts,
        double duplicateReceipts,
        ReceiptState receiptState,
        Map<String, ReceiptState> receiptStates,
        boolean receiptBeforeAnswer,
        boolean replies,
        Delay replyDelay,
        String replyText,
        PartOrder moPartOrder,
        MessageIdForm messageIds,
        int refuseBinds,
        int maxBinds,
        int bindRefusal,
        int throttle,
        int throttleTotal,
        ThrottleRule throttleRule,
        double errorRate,
        int errorCode,
        Map<Integer, Integer> errorCodes,
        Map<String, Integer> refusals,
        int dropEvery,
        boolean dropUnaccepted,
        boolean mute,
        Set<Unanswered> unanswered,
        boolean holdAnswers,
        boolean dataSm,
        Delay redeliveryDelay) {

    public Behaviour {
        receiptStates = Map.copyOf(receiptStates);
        refusals = Map.copyOf(refusals);
        // Sorted, so that the same seed gives the same codes.
        errorCodes = Collections.unmodifiableMap(new TreeMap<>(errorCodes));
        unanswered = Collections.unmodifiableSet(new TreeSet<>(unanswered));
        requireNotNegative("maxBinds", maxBinds);
        requireNotNegative("throttle", throttle);
        requireNotNegative("throttleTotal", throttleTotal);
        requireNotNegative("dropEvery", dropEvery);
        requireShare("errorRate", errorRate);
        requireShare("duplicateReceipts", duplicateReceipts);
        errorCodes.forEach((code, weight) -> {
            if (code < 1 || weight < 1 || weight > 1_000_000) {
                throw new IllegalArgumentException("errorCodes gives status " + code + " the weight " + weight
                        + ": an error has a status above 0, and a weight is 1 to 1000000.");
            }
        });
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is " + value + ": it is a share. Set 0 to 1.");
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
                Delay.NONE,
                Late.NEVER,
                true,
                Delay.NONE,
                Late.NEVER,
                0,
                ReceiptState.DELIVRD,
                Map.of(),
                false,
                true,
                Delay.NONE,
                "Yes. You asked: {text}",
                PartOrder.IN_ORDER,
                MessageIdForm.DECIMAL,
                CommandStatus.OK,
                0,
                CommandStatus.ALREADY_BOUND,
                0,
                0,
                ThrottleRule.SLIDING_SECOND,
                0,
                CommandStatus.SYSTEM_ERROR,
                Map.of(),
                Map.of(),
                0,
                false,
                false,
                Set.of(),
                false,
                false,
                Delay.fixed(Duration.ofSeconds(1)));
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

    /** Whether such a request is answered; takes the {@code command_id} of the request or of its answer. */
    boolean answers(int commandId) {
        if (mute || unanswered.isEmpty()) {
            return !mute;
        }
        Unanswered kind = kindOf(commandId & ~CommandId.RESPONSE);
        return kind == null || !unanswered.contains(kind);
    }

    private static @Nullable Unanswered kindOf(int commandId) {
        return switch (commandId) {
            case CommandId.BIND_RECEIVER, CommandId.BIND_TRANSMITTER, CommandId.BIND_TRANSCEIVER -> Unanswered.BIND;
            case CommandId.SUBMIT_SM, CommandId.DATA_SM, CommandId.SUBMIT_MULTI -> Unanswered.SUBMIT;
            case CommandId.QUERY_SM, CommandId.CANCEL_SM, CommandId.REPLACE_SM -> Unanswered.OPERATION;
            case CommandId.ENQUIRE_LINK -> Unanswered.ENQUIRE_LINK;
            case CommandId.UNBIND -> Unanswered.UNBIND;
            default -> null;
        };
    }

    /** A copy to change. */
    public BehaviourBuilder with() {
        return new BehaviourBuilder(this);
    }
}
