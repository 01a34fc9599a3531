package io.smspipeline.provider.smpp.submit;

import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import io.smspipeline.record.StatusReport;
import io.smspipeline.settings.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an account wants in the fields of submit_sm that are not addresses and text. Immutable.
 *
 * @param serviceType {@code service_type}, at most 5 characters; mostly empty
 * @param protocolId {@code protocol_id} of messages that name none, 0..255
 * @param priorities {@code priority_flag} of each lane, 0..3
 * @param registered {@code registered_delivery} for each kind of report asked for, 0..255
 * @param replaceIfPresent whether messages of one part replace an undelivered one of same sender, recipient and service type
 * @param codings which data_coding
 * @param validity how validity_period is written
 * @param tlvs further TLVs, each of another tag
 */
public record SubmitFields(
        String serviceType,
        int protocolId,
        Map<Priority, Integer> priorities,
        Map<StatusReport, Integer> registered,
        boolean replaceIfPresent,
        DataCodings codings,
        ValidityFormat validity,
        List<VendorTlv> tlvs) {
    /** Octets without the NUL, SMPP 3.4 §4.4.1. */
    private static final int SERVICE_TYPE = 5;

    /** GSM: 0 normal, 1 to 3 priority (SMPP 3.4 §5.2.14). */
    private static final Map<Priority, Integer> PRIORITIES =
            Map.of(Priority.LOW, 0, Priority.NORMAL, 0, Priority.HIGH, 1);

    /** SMPP 3.4 §5.2.17; 0x10 asks for intermediate notifications. */
    private static final Map<StatusReport, Integer> REGISTERED = Map.of(
            StatusReport.NONE, 0x00, StatusReport.FAILURES, 0x02, StatusReport.FINAL, 0x01, StatusReport.ALL, 0x11);

    public SubmitFields {
        priorities = Map.copyOf(priorities);
        registered = Map.copyOf(registered);
        tlvs = List.copyOf(tlvs);
    }

    /** Faults are recorded. @param tlvs whether the interface version has any */
    static SubmitFields read(Section s, boolean tlvs) {
        return new SubmitFields(
                s.text("service-type")
                        .matching(SubmitFields::isServiceType, "at most 5 ASCII characters, as SMPP 3.4 has it")
                        .orElse(""),
                Octet.read(s, "protocol-id", 0),
                priorities(s.section("priority-flag")),
                registered(s.section("registered-delivery")),
                s.flag("replace-if-present").orElse(false),
                DataCodings.read(s, tlvs),
                s.choice("validity", ValidityFormat.class).orElse(ValidityFormat.RELATIVE),
                tlvs(s, tlvs));
    }

    static boolean isServiceType(String text) {
        return text.length() <= SERVICE_TYPE && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    private static Map<Priority, Integer> priorities(Section s) {
        Map<Priority, Integer> all = new TreeMap<>(PRIORITIES);
        all.replaceAll((priority, usual) -> s.integer(priority.name().toLowerCase(Locale.ROOT))
                .between(0, 3)
                .orElse(usual));
        return all;
    }

    private static Map<StatusReport, Integer> registered(Section s) {
        Map<StatusReport, Integer> all = new TreeMap<>(REGISTERED);
        all.replaceAll((report, usual) -> Octet.read(s, report.name().toLowerCase(Locale.ROOT), usual));
        return all;
    }

    private static List<VendorTlv> tlvs(Section s, boolean allowed) {
        List<VendorTlv> tlvs = new ArrayList<>();
        Map<Integer, String> keys = new TreeMap<>();
        s.map("tlvs").forEach((tag, value) -> {
            try {
                VendorTlv tlv = VendorTlv.of(tag, value);
                tlvs.add(tlv);
                String other = keys.put(tlv.tag(), tag);
                if (other != null) {
                    s.fault("tlvs." + tag, "is the same tag as " + other, "keep one of them");
                }
            } catch (IllegalArgumentException e) {
                s.fault("tlvs." + tag, String.valueOf(e.getMessage()), "");
            }
        });
        if (!allowed && !tlvs.isEmpty()) {
            s.fault(
                    "tlvs",
                    "are there, but interface-version 3.3 has no TLVs",
                    "leave them out, or set interface-version 3.4");
        }
        return tlvs;
    }

    String serviceType(MessageParams params) {
        return params.serviceType() == null ? serviceType : params.serviceType();
    }

    int protocolId(OutgoingMessage message) {
        return message.getProtocolId() == null ? protocolId : message.getProtocolId();
    }

    int priority(OutgoingMessage message) {
        return priorities.getOrDefault(message.getPriority(), 0);
    }

    int registeredDelivery(OutgoingMessage message) {
        return registered.getOrDefault(message.getStatusReport(), 0x01);
    }

    /** Never for one of several parts: they would replace each other (SMPP 3.4 §5.2.18 compares addresses and service type). */
    boolean replacesIfPresent(MessageParams params, int parts) {
        return parts == 1 && (params.replaceIfPresent() == null ? replaceIfPresent : params.replaceIfPresent());
    }
}
