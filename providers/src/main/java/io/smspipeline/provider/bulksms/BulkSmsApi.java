package io.smspipeline.provider.bulksms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.provider.HeldMessage;
import io.smspipeline.provider.Plan;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.http.Asked;
import io.smspipeline.provider.http.Asked.RoutingGroup;
import io.smspipeline.provider.http.Call;
import io.smspipeline.provider.http.ErrorRow;
import io.smspipeline.provider.http.HttpAnswer;
import io.smspipeline.provider.http.HttpApi;
import io.smspipeline.provider.http.HttpStatus;
import io.smspipeline.provider.http.Inquiry;
import io.smspipeline.provider.http.Planning;
import io.smspipeline.provider.http.RecentIds;
import io.smspipeline.provider.http.Verdict;
import io.smspipeline.record.BinaryContent;
import io.smspipeline.record.Encoding;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.StatusReport;
import io.smspipeline.record.TextContent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * BulkSMS: {@code POST /messages} with a {@code deduplication-id} made of our message id, so that a lost answer is resolved by
 * the same request once more. That id has 31 bits only: two messages of one half-day can have the same, and the second one
 * would never be sent. The answer shows it, for it speaks of the first one, and then the second one gets another id.
 */
final class BulkSmsApi implements HttpApi {
    private static final int LONGEST_REFERENCE = 20;
    private static final int LONGEST_SHORT_CODE = 6;
    private static final int LONGEST_NAME = 11;
    private static final Set<String> FIELDS = Set.of(
            "routingGroup", "deliveryReports", "longMessageMaxParts", "messageClass", "protocolId", "userSuppliedId");
    private static final Set<String> OURS = Set.of("to", "body", "from", "encoding");
    private static final Set<String> NUMBERS = Set.of("longMessageMaxParts", "messageClass", "protocolId");

    private final String alias;
    private final BulkSmsSettings settings;
    private final RecentIds taken = new RecentIds(10_000);

    BulkSmsApi(String alias, BulkSmsSettings settings) {
        this.alias = alias;
        this.settings = settings;
    }

    @Override
    public boolean recognisesRepeats() {
        return true;
    }

    @Override
    public Plan plan(OutgoingMessage message) {
        return Planning.plan(alias, message, settings.http().from(), planning -> {
            String from = planning.from();
            planning.withoutValidity()
                    .without(
                            "way back from a handset to a sender that is named (allowReply)",
                            message.getAllowReply() && !from.isEmpty())
                    .without("choice of Latin-1", message.getEncoding() == Encoding.LATIN1);
            if (message.getContent() instanceof BinaryContent binary
                    && (binary.getUdh() != null
                            || binary.getDestinationPort() != null
                            || binary.getSourcePort() != null)) {
                planning.refuse(FailureCode.UNSUPPORTED, alias + " takes no user data header: send it another way.");
            }
            if (!from.isEmpty()
                    && !Planning.isNumber(from)
                    && !from.matches("[0-9]+")
                    && from.length() > LONGEST_NAME) {
                planning.refuse(
                        FailureCode.INVALID_SENDER,
                        "a sender of letters has at most " + LONGEST_NAME + " characters: shorten it.");
            }
            Asked.own(message, BulkSmsProviderType.NAME, FIELDS, OURS);
        });
    }

    @Override
    public Call submit(Submission submission, Duration validity, int variant) {
        OutgoingMessage message = submission.message();
        Asked asked = Asked.of(message);
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.putArray("to").addObject().put("type", "INTERNATIONAL").put("address", message.getTo());
        from(entry, submission.from(), message.getAllowReply());
        if (message.getContent() instanceof TextContent text) {
            entry.put("body", text.getText())
                    .put("encoding", Planning.isUnicode(text.getText(), message.getEncoding()) ? "UNICODE" : "TEXT");
        } else {
            entry.put("body", hex(((BinaryContent) message.getContent()).getData()))
                    .put("encoding", "BINARY");
        }
        RoutingGroup group =
                asked.routingGroup() == null && asked.escalate() ? RoutingGroup.PREMIUM : asked.routingGroup();
        if (group != null) {
            entry.put("routingGroup", group.name());
        }
        entry.put("deliveryReports", reports(message.getStatusReport()))
                .put("longMessageMaxParts", submission.parts())
                .put("userSuppliedId", reference(message));
        if (message.getMessageClass() != null) {
            entry.put("messageClass", message.getMessageClass());
        }
        if (message.getProtocolId() != null) {
            entry.put("protocolId", message.getProtocolId());
        }
        Asked.own(message, BulkSmsProviderType.NAME, FIELDS, OURS).forEach((name, value) -> {
            if (NUMBERS.contains(name) && Asked.number(value).isPresent()) {
                entry.put(name, Asked.number(value).get());
            } else if (!name.equals("routingGroup")) {
                entry.put(name, value);
            }
        });
        return authenticated(Call.postJson(
                settings.at("/messages?deduplication-id=" + deduplicationId(message.getId(), variant)),
                JsonNodeFactory.instance.arrayNode().add(entry)));
    }

    private static void from(ObjectNode entry, String from, boolean allowReply) {
        if (from.isEmpty()) {
            if (allowReply) {
                entry.putObject("from").put("type", "REPLIABLE");
            }
            return;
        }
        String type = !from.matches("\\+?[0-9]+")
                ? "ALPHANUMERIC"
                : from.length() <= LONGEST_SHORT_CODE ? "SHORTCODE" : "INTERNATIONAL";
        entry.putObject("from").put("type", type).put("address", from);
    }

    private static String reports(StatusReport asked) {
        return switch (asked) {
            case NONE -> "NONE";
            case FAILURES -> "ERRORS";
            case FINAL, ALL -> "ALL";
        };
    }

    private static String hex(ByteBuffer octets) {
        byte[] copy = new byte[octets.remaining()];
        octets.duplicate().get(copy);
        return HexFormat.of().formatHex(copy);
    }

    private Call authenticated(Call call) {
        return call.withBasic(settings.tokenId(), settings.tokenSecret().now().reveal());
    }

    /** A positive int32 of message and variant. */
    static int deduplicationId(String messageId, int variant) {
        int bits = ByteBuffer.wrap(digest(variant == 0 ? messageId : messageId + "#" + variant))
                .getInt();
        return Math.max(1, bits & Integer.MAX_VALUE);
    }

    /** {@code userSuppliedId}, which comes back in answers and receipts: the message's own wish, or a fingerprint of its id. */
    private static String reference(OutgoingMessage message) {
        Map<String, String> own = Asked.own(message, BulkSmsProviderType.NAME, FIELDS, OURS);
        return own.getOrDefault(
                "userSuppliedId",
                HexFormat.of().formatHex(digest(message.getId())).substring(0, LONGEST_REFERENCE));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public Verdict meaning(Submission submission, int variant, HttpAnswer answer, Instant now) {
        JsonNode json = answer.json();
        if (!answer.isSuccess()) {
            String type = json.path("type").asText("");
            return BulkSmsErrors.TABLE.meaning(
                    alias,
                    type.substring(type.lastIndexOf('#') + 1),
                    json.path("detail").asText(json.path("title").asText(null)),
                    answer,
                    now,
                    true);
        }
        JsonNode told = json.isArray() ? json.path(0) : json;
        String id = told.path("id").asText("");
        if (id.isEmpty()) {
            return HttpStatus.withoutId(alias, answer);
        }
        OutgoingMessage message = submission.message();
        if (isOfAnother(told, message) || !taken.claim(id, message.getId())) {
            return new Verdict.Mistaken();
        }
        ErrorRow failed =
                BulkSmsErrors.FAILED.row(told.path("status").path("id").asText(""));
        return failed == null ? new Verdict.Taken(id) : failed.refusal(alias, null, Duration.ZERO);
    }

    private static boolean isOfAnother(JsonNode told, OutgoingMessage message) {
        String reference = told.path("userSuppliedId").asText("");
        String to = told.path("to").asText("");
        return !reference.isEmpty() && !reference.equals(reference(message))
                || !to.isEmpty() && !Planning.digits(to).equals(Planning.digits(message.getTo()));
    }

    @Override
    public Optional<Inquiry> inquiry(HeldMessage message) {
        Call call = authenticated(Call.get(settings.at("/messages/" + Call.encoded(message.providerMessageId()))));
        return Optional.of(new Inquiry(
                call,
                answer -> Optional.of(BulkSmsWebhooks.draft(alias, answer.json()))
                        .filter(draft -> !draft.word().isEmpty())));
    }

    @Override
    public Optional<Call> accountCheck() {
        return Optional.of(authenticated(Call.get(settings.at("/profile"))));
    }

    /** The profile tells the credits: none are left is no better than refused. */
    @Override
    public boolean isAccountFine(HttpAnswer answer) {
        JsonNode credits = answer.json().path("credits");
        return answer.isSuccess()
                && (!credits.path("balance").isNumber()
                        || credits.path("balance").asDouble()
                                        + credits.path("limit").asDouble(0)
                                > 0);
    }
}
