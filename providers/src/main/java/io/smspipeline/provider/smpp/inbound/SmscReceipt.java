package io.smspipeline.provider.smpp.inbound;

import io.smspipeline.provider.Finality;
import io.smspipeline.record.ReceiptState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery receipt says: its text and its TLVs together, the TLVs first.
 *
 * @param id {@code receipted_message_id} when present, else the id of the text; null when there is neither
 * @param text what the text says, its id included
 * @param state {@code message_state} when present and known, else what {@code stat} means, else UNKNOWN
 * @param networkError {@code network_error_code}; null when absent
 */
public record SmscReceipt(
        @Nullable String id,
        ReceiptText text,
        ReceiptState state,
        @Nullable NetworkError networkError) {

    /** By the value of message_state (SMPP 5.0 §4.7.15; 3.4 §5.2.28 knows 1 to 8). */
    private static final ReceiptState[] BY_NUMBER = {
        ReceiptState.SCHEDULED,
        ReceiptState.ENROUTE,
        ReceiptState.DELIVERED,
        ReceiptState.EXPIRED,
        ReceiptState.DELETED,
        ReceiptState.UNDELIVERABLE,
        ReceiptState.ACCEPTED,
        ReceiptState.UNKNOWN,
        ReceiptState.REJECTED,
        ReceiptState.SKIPPED
    };

    /** The words of appendix B, and those that SMSCs were seen to use. */
    private static final Map<String, ReceiptState> BY_WORD = Map.ofEntries(
            Map.entry("SCHEDULD", ReceiptState.SCHEDULED),
            Map.entry("SCHEDULED", ReceiptState.SCHEDULED),
            Map.entry("ENROUTE", ReceiptState.ENROUTE),
            Map.entry("BUFFRED", ReceiptState.ENROUTE),
            Map.entry("BUFFERED", ReceiptState.ENROUTE),
            Map.entry("DELIVRD", ReceiptState.DELIVERED),
            Map.entry("DELIVERED", ReceiptState.DELIVERED),
            Map.entry("EXPIRED", ReceiptState.EXPIRED),
            Map.entry("DELETED", ReceiptState.DELETED),
            Map.entry("UNDELIV", ReceiptState.UNDELIVERABLE),
            Map.entry("UNDELIVERABLE", ReceiptState.UNDELIVERABLE),
            Map.entry("UNDELIVERED", ReceiptState.UNDELIVERABLE),
            Map.entry("FAILED", ReceiptState.UNDELIVERABLE),
            Map.entry("ACCEPTD", ReceiptState.ACCEPTED),
            Map.entry("ACCEPTED", ReceiptState.ACCEPTED),
            Map.entry("ACKED", ReceiptState.ACCEPTED),
            Map.entry("REJECTD", ReceiptState.REJECTED),
            Map.entry("REJECTED", ReceiptState.REJECTED),
            Map.entry("SKIPPED", ReceiptState.SKIPPED));

    /**
     * {@code network_error_code}, SMPP 3.4 §5.3.2.31.
     *
     * @param type 1 ANSI-136, 2 IS-95, 3 GSM; others are the vendor's
     * @param code 0..65535
     */
    public record NetworkError(int type, int code) {
        /** As three octets in hexadecimal, as it stood on the wire. */
        public String hex() {
            return "%02x%04x".formatted(type, code);
        }
    }

    /**
     * Puts the two together. Never throws.
     *
     * @param text what the text says
     * @param receiptedMessageId TLV 0x001E; null when absent
     * @param messageState TLV 0x0427; -1 when absent
     * @param networkErrorCode TLV 0x0423; null when absent
     */
    public static SmscReceipt of(
            ReceiptText text,
            @Nullable String receiptedMessageId,
            int messageState,
            byte @Nullable [] networkErrorCode) {
        String tlvId =
                receiptedMessageId == null ? "" : untilNul(receiptedMessageId).strip();
        return new SmscReceipt(
                tlvId.isEmpty() ? text.id() : tlvId, text, state(messageState, text), networkError(networkErrorCode));
    }

    /** A C string by the standard, with those who pad one in a field of fixed length; its NUL may be missing. */
    private static String untilNul(String octets) {
        int nul = octets.indexOf('\0');
        return nul < 0 ? octets : octets.substring(0, nul);
    }

    /** What a value of message_state means; UNKNOWN for one that the standard does not define. */
    public static ReceiptState stateOf(int messageState) {
        return messageState >= 0 && messageState < BY_NUMBER.length ? BY_NUMBER[messageState] : ReceiptState.UNKNOWN;
    }

    private static ReceiptState state(int messageState, ReceiptText text) {
        if (messageState >= 0 && messageState < BY_NUMBER.length) {
            return stateOf(messageState);
        }
        return BY_WORD.getOrDefault(text.statUpper(), ReceiptState.UNKNOWN);
    }

    private static @Nullable NetworkError networkError(byte @Nullable [] octets) {
        return octets == null || octets.length != 3
                ? null
                : new NetworkError(octets[0] & 0xFF, (octets[1] & 0xFF) << 8 | octets[2] & 0xFF);
    }

    /** Whether nothing further is expected; see {@link Finality}. */
    public boolean isFinal() {
        return Finality.of(state);
    }

    /** Whether it names a message and a state. */
    public boolean isUnderstood(int messageState) {
        return id != null && (text.stat() != null || messageState >= 0);
    }
}
