package io.smspipeline.client;

import io.smspipeline.record.BinaryContent;
import io.smspipeline.record.Encoding;
import io.smspipeline.record.OnUncertain;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import io.smspipeline.record.StatusReport;
import io.smspipeline.record.TextContent;
import io.smspipeline.schemas.trust.TrustedRecords;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An MT message in the making.
 *
 * <pre>{@code
 * Sms.to("+447700900123").text("Your code is 4711").priority(Priority.HIGH).validFor(Duration.ofMinutes(5))
 * }</pre>
 *
 * <p>What is not said is as the record's documentation has it. For use by one thread; {@link #build} may be called again.
 */
public final class Sms {
    static {
        TrustedRecords.trust();
    }

    private final String to;
    private final Map<String, String> labels = new HashMap<>();
    private final Map<String, String> params = new HashMap<>();
    private Object content = new TextContent("");
    private Encoding encoding = Encoding.AUTO;
    private Priority priority = Priority.NORMAL;
    private StatusReport statusReport = StatusReport.FINAL;
    private OnUncertain onUncertain = OnUncertain.RESEND;
    private boolean allowReply;
    private @Nullable String id;
    private @Nullable String from;
    private @Nullable String provider;
    private @Nullable Duration validFor;
    private @Nullable Instant sendAt;
    private @Nullable Integer messageClass;
    private @Nullable Integer protocolId;
    private @Nullable Integer maxParts;
    private @Nullable String clientReference;
    private @Nullable String deduplicationKey;
    private @Nullable String submissionId;
    private @Nullable String tenant;

    private Sms(String to) {
        this.to = to;
    }

    /** For this handset: E.164, separators tolerated. */
    public static Sms to(String recipient) {
        return new Sms(recipient);
    }

    /** What it says. */
    public Sms text(String text) {
        this.content = new TextContent(text);
        return this;
    }

    /** Octets instead of text, without user data header. */
    public Sms binary(byte[] octets) {
        this.content = BinaryContent.newBuilder()
                .setData(ByteBuffer.wrap(octets.clone()))
                .build();
        return this;
    }

    /** Octets for an application port of the handset. */
    public Sms binary(byte[] octets, int destinationPort, int sourcePort) {
        this.content = BinaryContent.newBuilder()
                .setData(ByteBuffer.wrap(octets.clone()))
                .setDestinationPort(destinationPort)
                .setSourcePort(sourcePort)
                .build();
        return this;
    }

    /** Octets with a user data header of one's own, its length octet included. */
    public Sms binary(byte[] octets, byte[] userDataHeader) {
        this.content = BinaryContent.newBuilder()
                .setData(ByteBuffer.wrap(octets.clone()))
                .setUdh(ByteBuffer.wrap(userDataHeader.clone()))
                .build();
        return this;
    }

    /** The id it will have; a new one when never called. */
    public Sms id(String messageId) {
        this.id = messageId;
        return this;
    }

    /** Sender id the handset shows. */
    public Sms from(String sender) {
        this.from = sender;
        return this;
    }

    /** Alphabet, where it is not to be chosen for the text. */
    public Sms encoding(Encoding alphabet) {
        this.encoding = alphabet;
        return this;
    }

    /** Alias of the provider that must carry it. */
    public Sms provider(String alias) {
        this.provider = alias;
        return this;
    }

    /** What routing rules look at. */
    public Sms label(String name, String value) {
        labels.put(name, value);
        return this;
    }

    /** What routing rules look at. */
    public Sms labels(Map<String, String> more) {
        labels.putAll(more);
        return this;
    }

    /** Which lane it takes. */
    public Sms priority(Priority lane) {
        this.priority = lane;
        return this;
    }

    /** What is asked of the provider. */
    public Sms statusReport(StatusReport asked) {
        this.statusReport = asked;
        return this;
    }

    /** Replies are published with this message's id in {@code inReplyTo}. */
    public Sms allowReply() {
        this.allowReply = true;
        return this;
    }

    /** Not to be delivered later than this after it was built. */
    public Sms validFor(Duration validity) {
        this.validFor = validity;
        return this;
    }

    /** Not to be submitted before this instant. */
    public Sms sendAt(Instant instant) {
        this.sendAt = instant;
        return this;
    }

    /** 0 to 3; 0 is flash. */
    public Sms messageClass(int number) {
        this.messageClass = number;
        return this;
    }

    /** TP-PID, 0 to 255. */
    public Sms protocolId(int number) {
        this.protocolId = number;
        return this;
    }

    /** Refused when it would need more parts. */
    public Sms maxParts(int parts) {
        this.maxParts = parts;
        return this;
    }

    /** What to do when it left us and no answer came. */
    public Sms onUncertain(OnUncertain policy) {
        this.onUncertain = policy;
        return this;
    }

    /** The application's own name for it. */
    public Sms clientReference(String reference) {
        this.clientReference = reference;
        return this;
    }

    /**
     * One message of this recipient and tenant may have this key within the router's {@code deduplication.keys}; another one ends
     * REJECTED, with DUPLICATE when it says the same, with REQUEST when it says something else.
     */
    public Sms deduplicationKey(String key) {
        this.deduplicationKey = key;
        return this;
    }

    /** The request or campaign it belongs to. */
    public Sms submissionId(String submission) {
        this.submissionId = submission;
        return this;
    }

    /** On whose behalf. */
    public Sms tenant(String name) {
        this.tenant = name;
        return this;
    }

    /** A parameter for the provider itself. */
    public Sms param(String name, String value) {
        params.put(name, value);
        return this;
    }

    /** The record, as it will be published. Nothing is validated here: see {@link SmsPublisher#publish}. */
    public OutgoingMessage build(MessageIds ids, Clock clock) {
        Instant now = clock.instant();
        return OutgoingMessage.newBuilder()
                .setId(id == null ? ids.next() : id)
                .setTo(to)
                .setFrom(from)
                .setContent(content)
                .setEncoding(encoding)
                .setProvider(provider)
                .setLabels(Map.copyOf(labels))
                .setPriority(priority)
                .setStatusReport(statusReport)
                .setAllowReply(allowReply)
                .setValidUntil(validFor == null ? null : (sendAt == null ? now : later(now, sendAt)).plus(validFor))
                .setSendAt(sendAt)
                .setMessageClass(messageClass)
                .setProtocolId(protocolId)
                .setMaxParts(maxParts)
                .setOnUncertain(onUncertain)
                .setClientReference(clientReference)
                .setDeduplicationKey(deduplicationKey)
                .setSubmissionId(submissionId)
                .setTenant(tenant)
                .setParams(Map.copyOf(params))
                .setCreatedAt(now)
                .build();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
