package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.provider.smpp.inbound.ReceiptOctets;
import io.smspipeline.provider.smpp.inbound.ReceiptText;
import io.smspipeline.provider.smpp.inbound.SmscReceipt;
import io.smspipeline.schemas.providerid.IdRule;
import io.smspipeline.schemas.providerid.ProviderIds;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sms receipt}: what a delivery receipt says, and whether its id names a message. Needs no pipeline. */
@Command(name = "receipt", description = "Shows what a delivery receipt says.")
final class ReceiptCommand implements Callable<Integer> {
    /** message_state has one octet. */
    private static final int LARGEST_STATE = 0xFF;

    private final Answer answer;
    private final JsonLines lines;

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    /** Where the receipt comes from. */
    static final class Source {
        @Option(names = "--text", required = true, paramLabel = "T", description = "The receipt's short_message.")
        private @Nullable String text;

        @Option(
                names = "--stdin",
                required = true,
                description = "Reads a JSON object a line: short_message (or short_message_hex) and tlv"
                        + " {receipted_message_id, message_state, network_error_code, message_payload};"
                        + " or submit_resp_id, receipt_id and rule.")
        private boolean stdin;
    }

    ReceiptCommand(Answer answer, InputLines input) {
        this.answer = answer;
        this.lines = new JsonLines(answer, input);
    }

    @Override
    public Integer call() {
        if (source.stdin) {
            return lines.each(ReceiptCommand::answered);
        }
        answer.json(described(SmscReceipt.of(ReceiptText.parse(String.valueOf(source.text)), null, -1, null)));
        return Exit.DONE;
    }

    private static ObjectNode answered(JsonNode asked) {
        if (asked.has("submit_resp_id") || asked.has("receipt_id")) {
            return match(asked);
        }
        JsonNode tlv = asked.path("tlv");
        if (!asked.has("short_message") && !asked.has("short_message_hex") && tlv.isEmpty()) {
            throw new UserFault("neither short_message, nor short_message_hex, nor a tlv is given.");
        }
        JsonNode error = tlv.path("network_error_code");
        return described(SmscReceipt.of(
                text(asked, tlv),
                tlv.hasNonNull("receipted_message_id")
                        ? tlv.path("receipted_message_id").asText()
                        : null,
                WireFields.number(tlv, "message_state", -1, 0, LARGEST_STATE),
                error.isTextual() ? WireFields.octets("network_error_code", error) : null));
    }

    /** The text may stand in message_payload instead. */
    private static ReceiptText text(JsonNode asked, JsonNode tlv) {
        if (asked.hasNonNull("short_message_hex")) {
            return ReceiptOctets.read(WireFields.octets("short_message_hex", asked.path("short_message_hex")));
        }
        String text = asked.path("short_message").asText("");
        return ReceiptText.parse(text.isEmpty() ? tlv.path("message_payload").asText("") : text);
    }

    private static ObjectNode match(JsonNode asked) {
        if (!asked.hasNonNull("submit_resp_id") || !asked.hasNonNull("receipt_id")) {
            throw new UserFault("an id match needs both submit_resp_id and receipt_id.");
        }
        String name = asked.path("rule").asText("same");
        IdRule rule = IdRule.parse(name)
                .orElseThrow(() -> new UserFault("rule is '" + name
                        + "': known are same, hex-submit-decimal-receipt, decimal-submit-hex-receipt, auto."));
        return JsonNodeFactory.instance
                .objectNode()
                .put(
                        "match",
                        ProviderIds.matches(
                                rule,
                                asked.path("submit_resp_id").asText(),
                                asked.path("receipt_id").asText()));
    }

    private static ObjectNode described(SmscReceipt receipt) {
        ReceiptText text = receipt.text();
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("id", receipt.id())
                .put("text_id", text.id())
                .put("sub", text.sub())
                .put("dlvrd", text.dlvrd())
                .put("submit_date", iso(text.submitDate()))
                .put("done_date", iso(text.doneDate()))
                .put("stat", text.stat())
                .put("err", text.err())
                .put("text", text.text())
                .put("state", receipt.state().name())
                .put("final", receipt.isFinal());
        SmscReceipt.NetworkError error = receipt.networkError();
        if (error == null) {
            return node.putNull("network_error");
        }
        node.putObject("network_error").put("type", error.type()).put("code", error.code());
        return node;
    }

    private static @Nullable String iso(@Nullable LocalDateTime date) {
        return date == null ? null : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(date);
    }
}
