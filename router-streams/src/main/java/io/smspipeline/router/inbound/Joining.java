package io.smspipeline.router.inbound;

import io.smspipeline.record.InboundMessage;
import io.smspipeline.record.MoPart;
import io.smspipeline.text.PartJoiner;
import io.smspipeline.text.Sar;
import io.smspipeline.text.TextDecoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes one message of its parts. Pure functions. */
final class Joining {
    /** UTF-16BE, SMPP 3.4 5.2.19: read alike whatever the account's default alphabet is. */
    private static final int UCS2 = 0x08;

    private static final int HEADER_PRESENT = 0x40;
    private static final char UNREADABLE = '\uFFFD';
    private static final PartJoiner OCTETS_FIRST = new PartJoiner(TextDecoder.GSM);

    private Joining() {}

    /** Whether it is a message of its own. A part that contradicts itself is one, so that it is not lost. */
    static boolean alone(MoPart part) {
        return !part.getUnderstood()
                || part.getParts() <= 1
                || part.getReference() == null
                || part.getPart() < 1
                || part.getPart() > part.getParts();
    }

    /** Which parts belong together. */
    static String key(MoPart part) {
        return part.getProvider() + "|" + part.getFrom() + "|" + part.getTo() + "|" + part.getReference() + "|"
                + part.getParts();
    }

    /**
     * One message.
     *
     * @param parts at least one, each with a number of its own, in any order
     */
    static InboundMessage join(List<MoPart> parts) {
        List<MoPart> inOrder = new ArrayList<>(parts);
        inOrder.sort(Comparator.comparingInt(MoPart::getPart));
        MoPart first = inOrder.get(0);
        String text = text(inOrder);
        Instant receivedAt = first.getReceivedAt();
        for (MoPart part : inOrder) {
            receivedAt = part.getReceivedAt().isBefore(receivedAt) ? part.getReceivedAt() : receivedAt;
        }
        return new InboundMessage(
                first.getId(),
                first.getProvider(),
                first.getFrom(),
                first.getTo(),
                text,
                text == null ? octets(inOrder) : null,
                inOrder.size(),
                !alone(first) && inOrder.size() < first.getParts(),
                first.getSentAt(),
                receivedAt,
                null,
                Keyword.of(text));
    }

    private static @Nullable String text(List<MoPart> parts) {
        StringBuilder joined = new StringBuilder();
        for (MoPart part : parts) {
            String text = part.getText();
            if (text == null || !part.getUnderstood()) {
                return null;
            }
            joined.append(text);
        }
        String text = joined.toString();
        if (parts.size() > 1 && text.indexOf(UNREADABLE) >= 0) {
            String whole = octetsFirst(parts);
            return whole == null ? text : whole;
        }
        return text;
    }

    /** Senders do cut a surrogate pair between two parts: neither half is a character, both together are. */
    private static @Nullable String octetsFirst(List<MoPart> parts) {
        List<byte[]> raw = new ArrayList<>();
        List<Sar> numbers = new ArrayList<>();
        for (MoPart part : parts) {
            if (part.getDataCoding() != UCS2) {
                return null;
            }
            raw.add(octets(part.getRaw()));
            numbers.add(new Sar(0, part.getParts(), part.getPart()));
        }
        boolean header = (parts.get(0).getEsmClass() & HEADER_PRESENT) != 0;
        return OCTETS_FIRST.join(UCS2, header, raw, numbers).text();
    }

    private static ByteBuffer octets(List<MoPart> parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (MoPart part : parts) {
            ByteBuffer binary = part.getBinary();
            joined.writeBytes(octets(part.getUnderstood() && binary != null ? binary : part.getRaw()));
        }
        return ByteBuffer.wrap(joined.toByteArray());
    }

    private static byte[] octets(ByteBuffer buffer) {
        byte[] octets = new byte[buffer.remaining()];
        buffer.duplicate().get(octets);
        return octets;
    }
}
