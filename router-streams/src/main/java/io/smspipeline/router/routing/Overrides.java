package io.smspipeline.router.routing;

import io.smspipeline.record.Asked;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import io.smspipeline.record.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a decision makes of a message, against what its application asked for. Immutable.
 *
 * @param sender who it shows as from; null leaves it
 * @param validFor the longest it may be valid, counted from the first decision; null leaves it
 * @param statusReport what is asked of the provider; null leaves it
 * @param priority its lane; null leaves it
 * @param params put over the message's own of the same name
 */
public record Overrides(
        @Nullable Sender sender,
        @Nullable Duration validFor,
        @Nullable StatusReport statusReport,
        @Nullable Priority priority,
        Map<String, String> params) {
    /** Leaves everything. */
    public static final Overrides NONE = new Overrides(null, null, null, null, Map.of());

    /** The provider's parameter by which a message says whether characters may be replaced. */
    static final String TRANSLITERATION = "transliteration";

    public Overrides {
        params = Map.copyOf(params);
    }

    /**
     * A sender id.
     *
     * @param id null for the provider's default
     */
    public record Sender(@Nullable String id) {
        @Override
        public String toString() {
            return id == null ? "the provider's default" : id;
        }
    }

    Overrides withSender(Sender other) {
        return new Overrides(other, validFor, statusReport, priority, params);
    }

    /** The sender id the message leaves with. */
    @Nullable
    String senderOf(OutgoingMessage message) {
        return sender == null ? message.getFrom() : sender.id();
    }

    /**
     * Changes the message. Its deadline only ever comes nearer, and stays when the message comes back.
     *
     * @return what {@link #undo} needs; null when nothing but the deadline was changed
     */
    @Nullable
    Asked apply(OutgoingMessage message, Instant now) {
        Duration longest = validFor;
        if (longest != null && now.plus(longest).isBefore(message.getValidUntil())) {
            message.setValidUntil(now.plus(longest));
        }
        if (sender == null && statusReport == null && priority == null && params.isEmpty()) {
            return null;
        }
        Asked asked = new Asked(
                message.getFrom(), message.getPriority(), message.getStatusReport(), Map.copyOf(message.getParams()));
        message.setFrom(senderOf(message));
        message.setPriority(priority == null ? message.getPriority() : priority);
        message.setStatusReport(statusReport == null ? message.getStatusReport() : statusReport);
        Map<String, String> all = new HashMap<>(message.getParams());
        all.putAll(params);
        message.setParams(all);
        return asked;
    }

    /** Makes a message that came back what its application asked for: rules look at that. */
    static void undo(OutgoingMessage message, @Nullable Asked asked) {
        if (asked != null) {
            message.setFrom(asked.getFrom());
            message.setPriority(asked.getPriority());
            message.setStatusReport(asked.getStatusReport());
            message.setParams(asked.getParams());
        }
    }

    /** By the keys of {@code set}, for people. */
    Map<String, String> described() {
        Map<String, String> said = new LinkedHashMap<>();
        if (sender != null) {
            said.put("from", sender.toString());
        }
        if (validFor != null) {
            said.put("valid-for", validFor.toString());
        }
        if (statusReport != null) {
            said.put("status-report", statusReport.name().toLowerCase(Locale.ROOT));
        }
        if (priority != null) {
            said.put("priority", priority.name().toLowerCase(Locale.ROOT));
        }
        params.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(param -> said.put("params." + param.getKey(), param.getValue()));
        return said;
    }
}
