package io.smspipeline.provider.smpp.inbound;

import io.smspipeline.provider.smpp.session.Delivery;
import io.smspipeline.provider.smpp.session.MalformedPduException;
import io.smspipeline.record.MoPart;
import io.smspipeline.record.Receipt;
import io.smspipeline.schemas.providerid.IdRule;
import io.smspipeline.schemas.providerid.ProviderIds;
import io.smspipeline.text.Concatenation;
import io.smspipeline.text.DecodedText;
import io.smspipeline.text.Sar;
import io.smspipeline.text.TextDecoder;
import io.smspipeline.text.UserDataHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of what an SMSC sends. Whatever the octets are, a record comes out: what cannot be read is marked and keeps its
 * raw content. Immutable, safe for use by many threads.
 */
public final class InboundReader {
    /** esm_class, bits 5 to 2, from an SMSC (SMPP 3.4 §5.2.12). */
    private static final int DELIVERY_RECEIPT = 0x04;

    private static final int INTERMEDIATE_NOTIFICATION = 0x20;

    private final String alias;
    private final IdRule ids;
    private final ReceiptErrors errors;
    private final Clock clock;
    private final TextDecoder decoder = TextDecoder.GSM;

    public InboundReader(String alias, IdRule ids, ReceiptErrors errors, Clock clock) {
        this.alias = alias;
        this.ids = ids;
        this.errors = errors;
        this.clock = clock;
    }

    Inbound read(Delivery delivery) {
        try {
            Deliver deliver = Deliver.read(delivery);
            Inbound receipt = receipt(deliver);
            return receipt != null ? receipt : new Inbound.OfMo(mo(deliver));
        } catch (MalformedPduException e) {
            return new Inbound.OfMo(unreadable(delivery));
        }
    }

    private @Nullable Inbound receipt(Deliver deliver) {
        byte[] tlvId = deliver.tlv(Deliver.RECEIPTED_MESSAGE_ID);
        boolean marked = deliver.messageType() == DELIVERY_RECEIPT
                || deliver.messageType() == INTERMEDIATE_NOTIFICATION
                || tlvId != null;
        if (!marked && deliver.esmClass() != 0) {
            return null;
        }
        int state = deliver.number(Deliver.MESSAGE_STATE);
        SmscReceipt receipt =
                SmscReceipt.of(receiptText(deliver), cString(tlvId), state, deliver.tlv(Deliver.NETWORK_ERROR_CODE));
        if (!marked && !receipt.text().isReceipt()) {
            return null;
        }
        String correlationId =
                ProviderIds.ofReceipt(ids, cString(tlvId), receipt.text().id());
        return new Inbound.OfReceipt(recordOf(deliver, receipt, receipt.isUnderstood(state)), correlationId);
    }

    private static ReceiptText receiptText(Deliver deliver) {
        byte[] content = deliver.content();
        int from = deliver.headerPresent() ? UserDataHeader.parse(content).bodyOffset() : 0;
        return ReceiptOctets.read(from == 0 ? content : Arrays.copyOfRange(content, from, content.length));
    }

    private static @Nullable String cString(byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        int length = 0;
        while (length < value.length && value[length] != 0) {
            length++;
        }
        return new String(value, 0, length, StandardCharsets.ISO_8859_1);
    }

    private Receipt recordOf(Deliver deliver, SmscReceipt receipt, boolean understood) {
        ReceiptText text = receipt.text();
        SmscReceipt.NetworkError networkError = receipt.networkError();
        return new Receipt(
                alias,
                receipt.id() == null ? "" : receipt.id(),
                text.id() != null && !text.id().equals(receipt.id()) ? text.id() : null,
                receipt.state(),
                receipt.isFinal(),
                text.stat(),
                text.err(),
                errors.failure(
                        receipt.state(),
                        text.stat(),
                        text.err() == null && networkError != null ? networkError.hex() : text.err()),
                deliver.source(),
                deliver.destination(),
                iso(text.submitDate()),
                iso(text.doneDate()),
                networkError == null ? null : networkError.hex(),
                understood,
                ByteBuffer.wrap(deliver.content()),
                deliver.dataCoding(),
                deliver.tlvsInHex(),
                clock.instant());
    }

    private static @Nullable String iso(@Nullable LocalDateTime date) {
        if (date == null) {
            return null;
        }
        // toString() leaves seconds out when they are zero.
        return date.getSecond() == 0 ? date + ":00" : date.toString();
    }

    private MoPart mo(Deliver deliver) {
        DecodedText decoded = decoder.decode(deliver.dataCoding(), deliver.content(), deliver.headerPresent());
        Sar place = place(deliver, decoded);
        return new MoPart(
                fingerprint(deliver),
                alias,
                deliver.source(),
                deliver.destination(),
                decoded.text(),
                decoded.text() == null ? ByteBuffer.wrap(decoded.body()) : null,
                place == null ? null : place.reference(),
                place == null ? 1 : place.number(),
                place == null ? 1 : place.total(),
                deliver.dataCoding(),
                deliver.esmClass(),
                decoded.wellFormed(),
                ByteBuffer.wrap(deliver.content()),
                deliver.tlvsInHex(),
                null,
                clock.instant());
    }

    /** Which part of which message this is, by user data header or else by TLVs; null when it stands alone. */
    private static @Nullable Sar place(Deliver deliver, DecodedText decoded) {
        Concatenation told = decoded.header().concatenation().orElse(null);
        if (told != null) {
            return new Sar(told.reference(), told.total(), told.number());
        }
        int reference = deliver.number(Deliver.SAR_MSG_REF_NUM);
        int total = deliver.number(Deliver.SAR_TOTAL_SEGMENTS);
        int number = deliver.number(Deliver.SAR_SEGMENT_SEQNUM);
        return reference >= 0 && number >= 1 && number <= total ? new Sar(reference, total, number) : null;
    }

    private MoPart unreadable(Delivery delivery) {
        MessageDigest digest = sha256();
        add(digest, alias.getBytes(StandardCharsets.UTF_8));
        add(digest, delivery.body());
        return new MoPart(
                hex(digest),
                alias,
                "",
                "",
                null,
                null,
                null,
                1,
                1,
                0,
                0,
                false,
                ByteBuffer.wrap(delivery.body()),
                Map.of(),
                null,
                clock.instant());
    }

    /** The same for the same part sent again, on whatever bind; the SMSC gives an MO message no id of its own. */
    private String fingerprint(Deliver deliver) {
        MessageDigest digest = sha256();
        add(digest, alias.getBytes(StandardCharsets.UTF_8));
        add(digest, deliver.source().getBytes(StandardCharsets.ISO_8859_1));
        add(digest, deliver.destination().getBytes(StandardCharsets.ISO_8859_1));
        add(digest, new byte[] {(byte) deliver.esmClass(), (byte) deliver.dataCoding()});
        add(digest, deliver.content());
        for (int tag : new int[] {Deliver.SAR_MSG_REF_NUM, Deliver.SAR_TOTAL_SEGMENTS, Deliver.SAR_SEGMENT_SEQNUM}) {
            byte[] value = deliver.tlv(tag);
            add(digest, value == null ? new byte[0] : value);
        }
        return hex(digest);
    }

    private static void add(MessageDigest digest, byte[] field) {
        digest.update((byte) (field.length >> 8));
        digest.update((byte) field.length);
        digest.update(field);
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
