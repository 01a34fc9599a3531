package io.smspipeline.provider.generic;

import io.smspipeline.provider.Submission;
import io.smspipeline.provider.http.Asked;
import io.smspipeline.provider.http.Planning;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.StatusReport;
import io.smspipeline.record.TextContent;
import io.smspipeline.settings.SecretSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;

/** What templates may name. Immutable. */
final class Values {
    /** Names that stand for themselves; {@code param.NAME} and {@code label.NAME} take a word of the message's own. */
    static final Set<String> NAMES = Set.of(
            "id",
            "to",
            "to-digits",
            "from",
            "from-digits",
            "text",
            "text-utf16-hex",
            "parts",
            "unicode",
            "flash",
            "report",
            "priority",
            "reference",
            "validity-seconds",
            "validity-minutes",
            "callback",
            "user",
            "secret",
            "basic");

    private final String user;
    private final SecretSource secret;
    private final String callback;

    Values(String user, SecretSource secret, String callback) {
        this.user = user;
        this.secret = secret;
        this.callback = callback;
    }

    static boolean isKnown(String name) {
        return NAMES.contains(name) || name.startsWith("param.") || name.startsWith("label.");
    }

    /** Of the account alone: for questions about it. */
    String ofAccount(String name) {
        return switch (name) {
            case "user" -> user;
            case "secret" -> secret.now().reveal();
            case "basic" ->
                Base64.getEncoder()
                        .encodeToString((user + ":" + secret.now().reveal()).getBytes(StandardCharsets.UTF_8));
            case "callback" -> callback;
            default -> "";
        };
    }

    /** Of a submission; empty for what it does not say. */
    String of(Submission submission, Duration validity, String name) {
        OutgoingMessage message = submission.message();
        String text = message.getContent() instanceof TextContent content ? content.getText() : "";
        return switch (name) {
            case "id" -> message.getId();
            case "to" -> message.getTo();
            case "to-digits" -> Planning.digits(message.getTo());
            case "from" -> submission.from();
            case "from-digits" -> Planning.bare(submission.from());
            case "text" -> text;
            case "text-utf16-hex" -> HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_16BE));
            case "parts" -> Integer.toString(submission.parts());
            case "unicode" -> truth(Planning.isUnicode(text, message.getEncoding()));
            case "flash" -> Integer.valueOf(0).equals(message.getMessageClass()) ? "true" : "";
            case "report" -> truth(message.getStatusReport() != StatusReport.NONE);
            case "priority" -> message.getPriority().name();
            case "reference" -> message.getClientReference() == null ? "" : message.getClientReference();
            case "validity-seconds" ->
                whole(Asked.of(message).validity(validity).toSeconds());
            case "validity-minutes" ->
                whole(Asked.of(message).validity(validity).toMinutes());
            case "callback" -> message.getStatusReport() == StatusReport.NONE ? "" : callback;
            default -> ofMessage(message, name);
        };
    }

    private String ofMessage(OutgoingMessage message, String name) {
        if (name.startsWith("param.")) {
            return message.getParams().getOrDefault(name.substring("param.".length()), "");
        }
        return name.startsWith("label.")
                ? message.getLabels().getOrDefault(name.substring("label.".length()), "")
                : ofAccount(name);
    }

    private static String truth(boolean truth) {
        return Boolean.toString(truth);
    }

    private static String whole(long number) {
        return Long.toString(Math.max(1, number));
    }
}
