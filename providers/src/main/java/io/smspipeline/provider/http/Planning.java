package io.smspipeline.provider.http;

import io.smspipeline.provider.Plan;
import io.smspipeline.provider.WholeMessage;
import io.smspipeline.record.BinaryContent;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.TextContent;
import io.smspipeline.text.Encoding;
import io.smspipeline.text.EncodingChoice;
import io.smspipeline.text.Segmentation;
import io.smspipeline.text.TextEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Whether and how a message fits a provider that takes it whole. What the message asks for and the provider has not is noted,
 * or keeps it from being sent there when it insists. For one message and one thread.
 */
public final class Planning {
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{7,15}");

    /** A shorter validity than this is the application's wish; networks give up after a day or two by themselves. */
    private static final Duration SHORT = Duration.ofHours(24);

    private final String provider;
    private final OutgoingMessage message;
    private final Asked asked;
    private final String from;
    private final List<String> unmet = new ArrayList<>();

    private Planning(String provider, OutgoingMessage message, Asked asked, String from) {
        this.provider = provider;
        this.message = message;
        this.asked = asked;
        this.from = from;
    }

    /** A message that this provider cannot carry. */
    private static final class UnfitException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final FailureCode code;

        UnfitException(FailureCode code, String reason) {
            super(reason, null, false, false);
            this.code = code;
        }
    }

    /**
     * One submission for the whole message, or why not.
     *
     * @param provider its alias
     * @param defaultSender for messages that name none; empty when the provider chooses
     * @param rules the provider's own: what it has not, and what it refuses
     */
    public static Plan plan(String provider, OutgoingMessage message, String defaultSender, Consumer<Planning> rules) {
        try {
            if (!E164.matcher(message.getTo()).matches()) {
                return unfit(
                        FailureCode.INVALID_RECIPIENT,
                        "the recipient is no number in E.164: give a plus sign and 7 to 15 digits.");
            }
            Asked asked = Asked.of(message);
            Planning planning = new Planning(provider, message, asked, sender(message, asked, defaultSender));
            rules.accept(planning);
            if (asked.strict() && !planning.unmet.isEmpty()) {
                return unfit(
                        FailureCode.UNSUPPORTED,
                        String.join(" ", planning.unmet)
                                + " The message insists (strict): leave that out, or send it another way.");
            }
            return WholeMessage.plan(message, planning.from, planning.unmet);
        } catch (UnfitException e) {
            return unfit(e.code, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return unfit(FailureCode.REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private static Plan unfit(FailureCode code, String reason) {
        return new Plan.Unfit(new Failure(code, reason, null, null, true));
    }

    /** Who sends it: {@code params.senderId}, or the message's own sender, or the account's. */
    private static String sender(OutgoingMessage message, Asked asked, String defaultSender) {
        if (asked.senderId() != null) {
            return asked.senderId();
        }
        return message.getFrom() == null ? defaultSender : message.getFrom();
    }

    /** What the message asks of any provider. */
    public Asked asked() {
        return asked;
    }

    /** Who sends it; empty when nobody is named. */
    public String from() {
        return from;
    }

    /** The message cannot be carried at all. */
    public void refuse(FailureCode code, String reason) {
        throw new UnfitException(code, reason);
    }

    /** The provider has not {@code what}, which matters to this message if {@code wanted}. */
    public Planning without(String what, boolean wanted) {
        if (wanted) {
            unmet.add(provider + " has no " + what + ": it goes without.");
        }
        return this;
    }

    /** The provider takes a recipient, a sender and characters, and nothing that says more about them: so do most. */
    public Planning plainText() {
        return withoutBinary()
                .withoutClasses()
                .withoutProtocolId()
                .withoutEncoding()
                .replies()
                .withoutEscalation()
                .withoutRoutingGroups();
    }

    /** The provider takes characters only. */
    public Planning withoutBinary() {
        if (message.getContent() instanceof BinaryContent) {
            refuse(FailureCode.UNSUPPORTED, provider + " takes no binary content: send it another way.");
        }
        return this;
    }

    /** The provider has no messages of a class, such as flash. */
    public Planning withoutClasses() {
        return without("message classes (flash)", message.getMessageClass() != null);
    }

    /** The provider has no protocol identifiers. */
    public Planning withoutProtocolId() {
        return without("protocol identifiers", message.getProtocolId() != null);
    }

    /** The provider chooses how characters are encoded. */
    public Planning withoutEncoding() {
        return without("choice of the encoding", message.getEncoding() != io.smspipeline.record.Encoding.AUTO);
    }

    /** The provider cannot be told how long to try. */
    public Planning withoutValidity() {
        boolean isShort = message.getValidUntil() != null
                && Duration.between(message.getCreatedAt(), message.getValidUntil())
                                .compareTo(SHORT)
                        < 0;
        return without("validity period, and tries as long as it likes", isShort || asked.expires() != null);
    }

    /** The provider has one way to send, and one price. */
    public Planning withoutEscalation() {
        return without("faster and dearer way (escalate)", asked.escalate());
    }

    /** The provider has no routes to choose from. */
    public Planning withoutRoutingGroups() {
        return without("routing groups", asked.routingGroup() != null);
    }

    /** No handset can answer a sender of letters. */
    public Planning replies() {
        return without(
                "way back from a handset to a sender of letters (allowReply)",
                message.getAllowReply() && !from.isEmpty() && !isNumber(from) && !from.matches("[0-9]{3,6}"));
    }

    /** The provider takes a text of at most so many characters. */
    public Planning noLongerThan(int most) {
        String text = message.getContent() instanceof TextContent content ? content.getText() : "";
        int length = text.codePointCount(0, text.length());
        if (length > most) {
            refuse(
                    FailureCode.REQUEST,
                    "the text has " + length + " characters and " + provider + " takes " + most + ": shorten it.");
        }
        return this;
    }

    /** Whether a sender is a telephone number rather than a short code or letters. */
    public static boolean isNumber(String sender) {
        return NUMBER.matcher(sender).matches();
    }

    /** A number as providers write it that take digits alone. */
    public static String digits(String number) {
        return number.startsWith("+") ? number.substring(1) : number;
    }

    /** A sender as these write it: a number's digits, and any other as it is. */
    public static String bare(String sender) {
        return isNumber(sender) ? digits(sender) : sender;
    }

    /** Whether a text must be sent as UCS-2: because it is wanted so, or because it has characters that GSM 03.38 has not. */
    public static boolean isUnicode(String text, io.smspipeline.record.Encoding wanted) {
        return switch (wanted) {
            case UCS2 -> true;
            case GSM7 -> false;
            case AUTO, LATIN1 ->
                TextEncoder.encode(text, EncodingChoice.AUTO, Segmentation.UDH8, 0)
                                .encoding()
                        == Encoding.UCS2;
        };
    }
}
