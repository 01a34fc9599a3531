package io.smspipeline.router.inbound;

import io.smspipeline.record.MoPart;
import io.smspipeline.text.DefaultAlphabet;
import io.smspipeline.text.PartJoiner;
import io.smspipeline.text.Sar;
import io.smspipeline.text.TextDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The characters of parts that were read one by one, where senders cut between the two halves of one: a surrogate pair, or a
 * GSM 03.38 escape and the septet it changes. Neither half means anything alone; both together do. So the octets of parts that
 * follow one another are joined before they are read. Pure functions.
 */
final class Seams {
    private static final int HEADER_PRESENT = 0x40;

    /** In the other default alphabets of accounts every octet is a character, and nothing can be cut. */
    private static final List<TextDecoder> DECODERS =
            List.of(TextDecoder.GSM, new TextDecoder(DefaultAlphabet.GSM_PACKED));

    private Seams() {}

    /** @param parts with text, in the order of their numbers */
    static String text(List<MoPart> parts) {
        StringBuilder text = new StringBuilder();
        List<MoPart> run = new ArrayList<>();
        for (MoPart part : parts) {
            if (!run.isEmpty() && !follows(run.get(run.size() - 1), part)) {
                text.append(ofRun(run));
                run.clear();
            }
            run.add(part);
        }
        return text.append(ofRun(run)).toString();
    }

    private static boolean follows(MoPart one, MoPart next) {
        return next.getPart() == one.getPart() + 1
                && next.getDataCoding() == one.getDataCoding()
                && hasHeader(next) == hasHeader(one);
    }

    private static String ofRun(List<MoPart> run) {
        if (run.size() > 1) {
            for (TextDecoder decoder : DECODERS) {
                if (run.stream().allMatch(part -> readsSo(decoder, part))) {
                    return joined(decoder, run);
                }
            }
        }
        StringBuilder text = new StringBuilder();
        run.forEach(part -> text.append(part.getText()));
        return text.toString();
    }

    /** Which alphabet its account has is not known here; the one that gives the characters it was read as is right. */
    private static boolean readsSo(TextDecoder decoder, MoPart part) {
        String read = decoder.decode(part.getDataCoding(), octets(part), hasHeader(part))
                .text();
        return read != null && read.equals(part.getText());
    }

    private static String joined(TextDecoder decoder, List<MoPart> run) {
        MoPart first = run.get(0);
        String text = new PartJoiner(decoder)
                .join(
                        first.getDataCoding(),
                        hasHeader(first),
                        run.stream().map(Seams::octets).toList(),
                        run.stream()
                                .map(part -> new Sar(0, part.getParts(), part.getPart()))
                                .toList())
                .text();
        return text == null ? "" : text;
    }

    private static boolean hasHeader(MoPart part) {
        return (part.getEsmClass() & HEADER_PRESENT) != 0;
    }

    private static byte[] octets(MoPart part) {
        ByteBuffer raw = part.getRaw();
        byte[] octets = new byte[raw.remaining()];
        raw.duplicate().get(octets);
        return octets;
    }
}
