package io.smspipeline.router.inbound;

import io.smspipeline.record.InboundMessage;
import io.smspipeline.record.MoPart;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes one message of its parts. Pure functions. */
final class Joining {
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
        return parts.stream().allMatch(part -> part.getText() != null && part.getUnderstood())
                ? Seams.text(parts)
                : null;
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
