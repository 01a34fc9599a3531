package io.smspipeline.provider.smpp.trace;

import io.smspipeline.settings.PersonalData;
import io.smspipeline.text.TextDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A PDU as a log shows it: its fields as key-values, and its octets in hexadecimal with {@code **} for each that is hidden.
 * Hidden are passwords and, unless personal data may be seen, addresses, content and every TLV that is not known to be harmless.
 * What does not fit the layout is hidden as well: it could be anything. Never throws for what the octets are.
 */
final class Picture {
    private static final int HEADER = 16;
    private static final int MESSAGE_PAYLOAD = 0x0424;
    private static final HexFormat HEX = HexFormat.of();

    /** What receipts say beside the message's text; the key {@code text} ends them. */
    private static final Pattern RECEIPT_KEY = Pattern.compile("(?i)\\b(id|stat|err):\\s*([^\\s:;,]{1,65})");

    private static final Pattern RECEIPT_TEXT = Pattern.compile("(?i)\\btext:");

    /** TLVs that say nothing about a person, SMPP 3.4 §5.3.2 and 5.0 §4.8.4. */
    private static final Map<Integer, String> HARMLESS = Map.ofEntries(
            Map.entry(0x0005, "dest_addr_subunit"),
            Map.entry(0x000D, "source_addr_subunit"),
            Map.entry(0x0017, "qos_time_to_live"),
            Map.entry(0x0019, "payload_type"),
            Map.entry(0x001E, "receipted_message_id"),
            Map.entry(0x0030, "ms_msg_wait_facilities"),
            Map.entry(0x0201, "privacy_indicator"),
            Map.entry(0x0204, "user_message_reference"),
            Map.entry(0x0205, "user_response_code"),
            Map.entry(0x020A, "source_port"),
            Map.entry(0x020B, "destination_port"),
            Map.entry(0x020C, "sar_msg_ref_num"),
            Map.entry(0x020D, "language_indicator"),
            Map.entry(0x020E, "sar_total_segments"),
            Map.entry(0x020F, "sar_segment_seqnum"),
            Map.entry(0x0210, "sc_interface_version"),
            Map.entry(0x0304, "number_of_messages"),
            Map.entry(0x0420, "dpf_result"),
            Map.entry(0x0421, "set_dpf"),
            Map.entry(0x0422, "ms_availability_status"),
            Map.entry(0x0423, "network_error_code"),
            Map.entry(0x0425, "delivery_failure_reason"),
            Map.entry(0x0426, "more_messages_to_send"),
            Map.entry(0x0427, "message_state"),
            Map.entry(0x0428, "congestion_state"),
            Map.entry(0x0501, "ussd_service_op"));

    private final byte[] pdu;
    private final PersonalData personalData;
    private final BitSet hidden;
    private final StringBuilder fields = new StringBuilder(256);
    private int at = HEADER;
    private int esmClass;
    private int dataCoding;

    private Picture(byte[] pdu, PersonalData personalData) {
        this.pdu = pdu;
        this.personalData = personalData;
        hidden = new BitSet(pdu.length);
    }

    /** @param pdu with its header; not kept */
    static Picture of(byte[] pdu, PersonalData personalData) {
        Picture picture = new Picture(pdu, personalData);
        picture.draw();
        return picture;
    }

    static byte[] withHeader(int commandId, int status, int sequence, byte[] body) {
        return ByteBuffer.allocate(HEADER + body.length)
                .putInt(HEADER + body.length)
                .putInt(commandId)
                .putInt(status)
                .putInt(sequence)
                .put(body)
                .array();
    }

    String fields() {
        return fields.toString();
    }

    String octets() {
        StringBuilder octets = new StringBuilder(2 * pdu.length);
        for (int i = 0; i < pdu.length; i++) {
            if (hidden.get(i)) {
                octets.append("**");
            } else {
                HEX.toHexDigits(octets, pdu[i]);
            }
        }
        return octets.toString();
    }

    private void draw() {
        ByteBuffer header = ByteBuffer.wrap(pdu);
        int commandId = header.getInt(4);
        Command command = Command.of(commandId);
        fields.append("command=").append(command == null ? "0x%08X".formatted(commandId) : command.name());
        fields.append(" status=0x").append(Integer.toHexString(header.getInt(8)));
        fields.append(" sequence=").append(Integer.toUnsignedString(header.getInt(12)));
        fields.append(" length=").append(pdu.length);
        if (command != null) {
            boolean fits = true;
            for (Field field : command.fields()) {
                // Error answers may lack their body, all of it or the rest.
                fits = fits && at < pdu.length && draw(field);
            }
            while (fits && pdu.length - at >= 4) {
                drawTlv();
            }
        }
        if (at < pdu.length) {
            add("notUnderstood", (pdu.length - at) + " octets");
            hidden.set(at, pdu.length);
        }
    }

    /** False when this cannot be the field. */
    private boolean draw(Field field) {
        switch (field.kind()) {
            case OCTET -> octet(field.name(), pdu[at++] & 0xFF);
            case SHORT_MESSAGE -> {
                int length = pdu[at] & 0xFF;
                if (at + 1 + length > pdu.length) {
                    return false;
                }
                add("sm_length", Integer.toString(length));
                content(field.name(), at + 1, at + 1 + length);
                at += 1 + length;
            }
            default -> {
                int nul = at;
                while (nul < pdu.length && pdu[nul] != 0) {
                    nul++;
                }
                if (nul - at > field.most()) {
                    return false;
                }
                cString(field, nul);
                at = Math.min(nul + 1, pdu.length);
            }
        }
        return true;
    }

    private void octet(String name, int value) {
        add(name, Integer.toString(value));
        if (name.equals("esm_class")) {
            esmClass = value;
        } else if (name.equals("data_coding")) {
            dataCoding = value;
        }
    }

    private void cString(Field field, int end) {
        String value = new String(pdu, at, end - at, StandardCharsets.ISO_8859_1);
        switch (field.kind()) {
            case ADDRESS -> {
                add(field.name(), personalData.msisdn(value));
                hidePersonal(at, end);
            }
            case PASSWORD -> {
                add(field.name(), "***");
                hidden.set(at, end);
            }
            default -> add(field.name(), value);
        }
    }

    private void drawTlv() {
        int tag = u16(at);
        int length = u16(at + 2);
        int from = at + 4;
        int to = Math.min(from + length, pdu.length);
        String name = HARMLESS.get(tag);
        if (tag == MESSAGE_PAYLOAD) {
            content("message_payload", from, to);
        } else if (name != null) {
            add(name, HEX.formatHex(pdu, from, to));
        } else {
            String value = personalData == PersonalData.SHOWN ? HEX.formatHex(pdu, from, to) : to - from + " octets";
            add("tlv_%04x".formatted(tag), value);
            hidePersonal(from, to);
        }
        at = to;
    }

    private void content(String name, int from, int to) {
        if (from == to) {
            return;
        }
        boolean receipt = (esmClass & 0x3C) == 0x04 || (esmClass & 0x3C) == 0x20;
        if (receipt) {
            receipt(new String(pdu, from, to - from, StandardCharsets.ISO_8859_1));
        }
        if (personalData == PersonalData.SHOWN) {
            String text = text(Arrays.copyOfRange(pdu, from, to));
            add(name, text == null ? "binary" : '"' + text + '"');
        } else {
            add(name, "[" + (to - from) + " octets]");
        }
        hidePersonal(from, to);
    }

    /** The keys that tell which message it is about, which no person is named by. */
    private void receipt(String text) {
        Matcher end = RECEIPT_TEXT.matcher(text);
        Matcher key = RECEIPT_KEY.matcher(end.find() ? text.substring(0, end.start()) : text);
        while (key.find()) {
            add("receipt." + key.group(1).toLowerCase(java.util.Locale.ROOT), key.group(2));
        }
    }

    private @Nullable String text(byte[] content) {
        return TextDecoder.GSM
                .decode(dataCoding, content, (esmClass & 0x40) != 0)
                .text();
    }

    private void hidePersonal(int from, int to) {
        if (personalData != PersonalData.SHOWN) {
            hidden.set(from, to);
        }
    }

    private int u16(int index) {
        return (pdu[index] & 0xFF) << 8 | pdu[index + 1] & 0xFF;
    }

    /** What the peer sends must not look like another line of the log. */
    private void add(String name, String value) {
        fields.append(' ').append(name).append('=');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            fields.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? '.' : c);
        }
    }
}
