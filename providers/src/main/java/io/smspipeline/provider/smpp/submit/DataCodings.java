package io.smspipeline.provider.smpp.submit;

import io.smspipeline.settings.Section;
import io.smspipeline.text.Encoding;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which {@code data_coding} an account wants for which encoding (SMPP 3.4 §5.2.19), and how it is told a message class.
 * Immutable.
 *
 * @param ofEncoding those that differ from the standard's
 * @param classes how a message class is told
 */
public record DataCodings(Map<Encoding, Integer> ofEncoding, ClassStyle classes) {
    /** As the standard has it. */
    public static final DataCodings STANDARD = new DataCodings(Map.of(), ClassStyle.GENERAL_GROUP);

    public DataCodings {
        ofEncoding = Map.copyOf(ofEncoding);
    }

    /** How a message class is told; 0 is flash. */
    public enum ClassStyle {
        /** 0x10, 0x14 or 0x18 and the class (3GPP TS 23.038 §4, general group). */
        GENERAL_GROUP,
        /** 0xF0 or 0xF4 and the class (3GPP TS 23.038 §4, data coding and message class), and 0x18 for UCS-2, which that group lacks. */
        CLASS_GROUP,
        /** The TLV {@code dest_addr_subunit} (SMPP 3.4 §5.3.2.1), beside the usual data_coding. */
        SUBUNIT
    }

    /** {@code data-coding: {ucs2: 0x18, gsm7: 0xF1}} and {@code message-class}. Faults are recorded. */
    static DataCodings read(Section s, boolean tlvs) {
        Map<Encoding, Integer> own = new TreeMap<>();
        Section codings = s.section("data-coding");
        for (Encoding encoding : Encoding.values()) {
            Integer value = Octet.read(codings, encoding.name().toLowerCase(Locale.ROOT));
            if (value != null) {
                own.put(encoding, value);
            }
        }
        ClassStyle classes = s.choice("message-class", ClassStyle.class).orElse(ClassStyle.GENERAL_GROUP);
        if (classes == ClassStyle.SUBUNIT && !tlvs) {
            s.fault(
                    "message-class",
                    "is a TLV, which interface-version 3.3 does not have",
                    "set general-group or class-group, or interface-version 3.4");
        }
        return new DataCodings(own, classes);
    }

    /** @param messageClass 0 to 3; null for none */
    int of(Encoding encoding, @Nullable Integer messageClass) {
        if (messageClass == null || classes == ClassStyle.SUBUNIT) {
            Integer own = ofEncoding.get(encoding);
            return own == null ? encoding.dataCoding() : own;
        }
        int general = encoding.dataCoding(messageClass);
        // In the class group one bit tells 7 from 8, and none UCS-2.
        return classes == ClassStyle.CLASS_GROUP && encoding != Encoding.UCS2 ? 0xE0 + general : general;
    }

    /** The value of {@code dest_addr_subunit}: 1 display, 2 mobile equipment, 3 smart card, 4 external unit; 0 for no such TLV. */
    int subunit(@Nullable Integer messageClass) {
        return messageClass == null || classes != ClassStyle.SUBUNIT ? 0 : 1 + messageClass;
    }
}
