package io.smspipeline.provider.smpp.trace;

import static io.smspipeline.provider.smpp.trace.Field.Kind.ADDRESS;
import static io.smspipeline.provider.smpp.trace.Field.Kind.C_STRING;
import static io.smspipeline.provider.smpp.trace.Field.Kind.OCTET;
import static io.smspipeline.provider.smpp.trace.Field.Kind.PASSWORD;
import static io.smspipeline.provider.smpp.trace.Field.Kind.SHORT_MESSAGE;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How the body of a PDU is laid out (SMPP 3.4 §4); what follows the fields are TLVs.
 *
 * @param name such as {@code submit_sm}
 * @param fields in their order
 */
record Command(String name, List<Field> fields) {
    private static final List<Field> FROM = address("source");
    private static final List<Field> TO = address("dest");
    private static final List<Field> MESSAGE_ID = List.of(new Field("message_id", C_STRING, 255));
    private static final List<Field> LOGIN =
            List.of(new Field("system_id", C_STRING, 15), new Field("password", PASSWORD));
    private static final List<Field> BIND = join(
            LOGIN,
            List.of(new Field("system_type", C_STRING, 12), new Field("interface_version", OCTET)),
            List.of(
                    new Field("addr_ton", OCTET),
                    new Field("addr_npi", OCTET),
                    new Field("address_range", C_STRING, 40)));
    private static final List<Field> SYSTEM_ID = List.of(new Field("system_id", C_STRING, 15));
    private static final List<Field> SERVICE_TYPE = List.of(new Field("service_type", C_STRING, 5));
    private static final List<Field> TIMES =
            List.of(new Field("schedule_delivery_time", C_STRING, 16), new Field("validity_period", C_STRING, 16));
    private static final List<Field> SHORT_MESSAGE_SM = join(
            SERVICE_TYPE,
            FROM,
            TO,
            List.of(new Field("esm_class", OCTET), new Field("protocol_id", OCTET), new Field("priority_flag", OCTET)),
            TIMES,
            List.of(
                    new Field("registered_delivery", OCTET),
                    new Field("replace_if_present_flag", OCTET),
                    new Field("data_coding", OCTET),
                    new Field("sm_default_msg_id", OCTET),
                    new Field("short_message", SHORT_MESSAGE)));
    private static final List<Field> DATA_SM = join(
            SERVICE_TYPE,
            FROM,
            TO,
            List.of(
                    new Field("esm_class", OCTET),
                    new Field("registered_delivery", OCTET),
                    new Field("data_coding", OCTET)));

    private static final Map<Integer, Command> ALL = new HashMap<>();

    static {
        put(0x01, "bind_receiver", BIND, SYSTEM_ID);
        put(0x02, "bind_transmitter", BIND, SYSTEM_ID);
        put(
                0x03,
                "query_sm",
                join(MESSAGE_ID, FROM),
                join(
                        MESSAGE_ID,
                        List.of(
                                new Field("final_date", C_STRING, 16),
                                new Field("message_state", OCTET),
                                new Field("error_code", OCTET))));
        put(0x04, "submit_sm", SHORT_MESSAGE_SM, MESSAGE_ID);
        put(0x05, "deliver_sm", SHORT_MESSAGE_SM, MESSAGE_ID);
        put(0x06, "unbind", List.of(), List.of());
        put(
                0x07,
                "replace_sm",
                join(
                        MESSAGE_ID,
                        FROM,
                        TIMES,
                        List.of(
                                new Field("registered_delivery", OCTET),
                                new Field("sm_default_msg_id", OCTET),
                                new Field("short_message", SHORT_MESSAGE))),
                List.of());
        put(0x08, "cancel_sm", join(SERVICE_TYPE, MESSAGE_ID, FROM, TO), List.of());
        put(0x09, "bind_transceiver", BIND, SYSTEM_ID);
        put(0x0B, "outbind", LOGIN, List.of());
        put(0x15, "enquire_link", List.of(), List.of());
        put(0x102, "alert_notification", join(FROM, address("esme")), List.of());
        put(0x103, "data_sm", DATA_SM, MESSAGE_ID);
        ALL.put(0x80000000, new Command("generic_nack", List.of()));
    }

    private static void put(int id, String name, List<Field> request, List<Field> response) {
        ALL.put(id, new Command(name, request));
        ALL.put(id | 0x80000000, new Command(name + "_resp", response));
    }

    private static List<Field> address(String whose) {
        return List.of(
                new Field(whose + "_addr_ton", OCTET),
                new Field(whose + "_addr_npi", OCTET),
                new Field(whose.equals("dest") ? "destination_addr" : whose + "_addr", ADDRESS));
    }

    @SafeVarargs
    private static List<Field> join(List<Field>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }

    /** Null for a command_id that is not known here. */
    static @org.jspecify.annotations.Nullable Command of(int commandId) {
        return ALL.get(commandId);
    }
}
