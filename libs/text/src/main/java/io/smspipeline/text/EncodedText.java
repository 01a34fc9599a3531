package io.smspipeline.text;

import java.util.List;

/**
 * A text (or octets) ready to be submitted.
 *
 * @param encoding what the characters became
 * @param units septets for GSM7 (an extension character counts two), octets else; headers not counted
 * @param partsOnAir how many parts the handset gets and the operator counts: the number of segments, but for
 *     {@link Segmentation#PAYLOAD}, where one segment becomes that many parts at the SMSC
 * @param segments in order, one a {@code submit_sm}, at least one
 * @param shift the national tables the characters are of; {@link NationalShift#NONE} nearly always
 * @param replaced what transliteration did, in order; empty when what was given is sent
 */
public record EncodedText(
        Encoding encoding,
        int units,
        int partsOnAir,
        List<Segment> segments,
        NationalShift shift,
        List<Replacement> replaced) {
    public EncodedText {
        segments = List.copyOf(segments);
        replaced = List.copyOf(replaced);
    }

    EncodedText(Encoding encoding, int units, int partsOnAir, List<Segment> segments) {
        this(encoding, units, partsOnAir, segments, NationalShift.NONE, List.of());
    }

    EncodedText written(NationalShift shift, List<Replacement> replaced) {
        return new EncodedText(encoding, units, partsOnAir, segments, shift, replaced);
    }

    /** The same for an SMSC that reads this where data_coding names its default alphabet. */
    EncodedText readAs(DefaultAlphabet alphabet) {
        if (encoding != Encoding.GSM7 || alphabet == DefaultAlphabet.GSM) {
            return this;
        }
        List<Segment> written =
                segments.stream().map(segment -> segment.readAs(alphabet)).toList();
        return new EncodedText(encoding, units, partsOnAir, written, shift, replaced);
    }

    /** The {@code data_coding} without a message class. */
    public int dataCoding() {
        return encoding.dataCoding();
    }

    /** The {@code esm_class} bits the segments need, the same for each: 0x40 (UDH indicator) or 0. */
    public int esmClass() {
        return segments.get(0).esmClass();
    }
}
