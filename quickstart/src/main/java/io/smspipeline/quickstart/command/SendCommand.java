package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.admission.Admission;
import io.smspipeline.client.InvalidSmsException;
import io.smspipeline.client.MessageIds;
import io.smspipeline.client.Sms;
import io.smspipeline.client.SmsPublisher;
import io.smspipeline.quickstart.tail.StatusWatch;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.schemas.json.RecordJson;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./sms send}: publishes messages, and waits for what becomes of them when asked to. */
@Command(name = "send", description = "Publishes one message, or one a line of stdin.")
final class SendCommand implements Callable<Integer> {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Answer answer;
    private final InputLines input;
    private final Clock clock = Clock.systemUTC();

    @Mixin
    private PipelineOptions pipeline = new PipelineOptions();

    @ArgGroup(exclusive = false)
    private @Nullable Single single;

    @Option(names = "--stdin", description = "Reads one JSON object a line: to, text and the options in camelCase.")
    private boolean stdin;

    @Option(
            names = "--wait",
            description = "Waits for the final state: 0 when DELIVERED, 1 for another end, 3 for none in time.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            converter = PatienceConverter.class,
            description = "How long to wait; default: 60.")
    private Duration timeout = Duration.ofSeconds(60);

    @Option(names = "--json", description = "JSON objects, one a line.")
    private boolean json;

    @Option(names = "--unchecked", description = "Publishes what would be refused here, to see the pipeline reject it.")
    private boolean unchecked;

    /** One message, as options. */
    static final class Single {
        @Option(
                names = "--to",
                required = true,
                paramLabel = "X",
                description = "Recipient in E.164, such as +447700900123.")
        private String to = "";

        @Option(names = "--text", required = true, paramLabel = "T", description = "What it says.")
        private String text = "";

        @Option(names = "--from", paramLabel = "S", description = "Sender id; default: the provider's.")
        private @Nullable String from;

        @Option(names = "--provider", paramLabel = "ALIAS", description = "The provider that must carry it.")
        private @Nullable String provider;

        @Option(names = "--label", paramLabel = "K=V", description = "What routing rules look at; may be repeated.")
        private Map<String, String> labels = new LinkedHashMap<>();

        @Option(names = "--priority", paramLabel = "P", description = "LOW, NORMAL or HIGH; default: NORMAL.")
        private @Nullable String priority;

        @Option(names = "--valid-for", paramLabel = "D", description = "Not to be delivered later than this from now.")
        private @Nullable String validFor;

        @Option(names = "--send-at", paramLabel = "WHEN", description = "An instant (ISO-8601) or a duration from now.")
        private @Nullable String sendAt;

        @Option(names = "--on-uncertain", paramLabel = "P", description = "RESEND or HOLD; default: RESEND.")
        private @Nullable String onUncertain;

        @Option(
                names = "--status-report",
                paramLabel = "R",
                description = "NONE, FAILURES, FINAL or ALL; default: FINAL.")
        private @Nullable String statusReport;

        @Option(names = "--client-reference", paramLabel = "R", description = "Your own name for it.")
        private @Nullable String clientReference;

        @Option(names = "--deduplication-key", paramLabel = "K", description = "Messages with the same key are one.")
        private @Nullable String deduplicationKey;

        @Option(names = "--id", paramLabel = "ID", description = "Its id; default: a new UUIDv7.")
        private @Nullable String id;

        private Sms draft(Clock clock) {
            Sms sms = SendDraft.to(to, text).labels(labels);
            Map<String, @Nullable String> options = new LinkedHashMap<>();
            options.put("from", from);
            options.put("provider", provider);
            options.put("priority", priority);
            options.put("validFor", validFor);
            options.put("sendAt", sendAt);
            options.put("onUncertain", onUncertain);
            options.put("statusReport", statusReport);
            options.put("clientReference", clientReference);
            options.put("deduplicationKey", deduplicationKey);
            options.put("id", id);
            options.forEach((key, value) -> {
                if (value != null) {
                    SendDraft.option(sms, key, value, clock);
                }
            });
            return sms;
        }
    }

    SendCommand(Answer answer, InputLines input) {
        this.answer = answer;
        this.input = input;
    }

    @Override
    public Integer call() {
        if (stdin == (single != null)) {
            throw new UserFault("give --to and --text for one message, or --stdin for one a line.");
        }
        OutgoingMessage message = single == null ? null : sound(single.draft(clock));
        PipelineAddress address = pipeline.address();
        try (SmsPublisher publisher = SmsPublisher.connect(address.kafka(), address.topics(), clock)) {
            return message == null ? many(address, publisher) : one(address, publisher, message);
        }
    }

    /** Refused before anybody is asked where the pipeline is: a mistake is told at once. */
    private OutgoingMessage sound(Sms sms) {
        OutgoingMessage message = sms.build(new MessageIds(clock), clock);
        if (!unchecked) {
            Admission.refusal(message).ifPresent(failure -> {
                throw new UserFault(failure.getReason() + ".");
            });
        }
        return message;
    }

    private int one(PipelineAddress address, SmsPublisher publisher, OutgoingMessage message) {
        try (StatusWatch watch = wait ? StatusWatch.from(address.kafka(), address.topics(), address.serdes()) : null) {
            String id;
            try {
                id = publish(publisher, message).toCompletableFuture().join();
            } catch (CompletionException e) {
                throw notPublished(e);
            }
            if (json) {
                answer.json(accepted(message));
            } else {
                answer.line(id);
            }
            return watch == null ? Exit.DONE : awaitEnd(watch, new RecordLines(address), id);
        }
    }

    private int awaitEnd(StatusWatch watch, RecordLines lines, String id) {
        MessageStatus[] last = new MessageStatus[1];
        boolean inTime = watch.until(timeout, status -> {
            if (!status.getMessageId().equals(id)) {
                return true;
            }
            ObjectNode node = RecordJson.of(status);
            if (json) {
                answer.json(node);
            } else {
                answer.line(lines.status(node));
            }
            last[0] = status;
            return !status.getFinal$();
        });
        if (!inTime) {
            return Exit.TIMED_OUT;
        }
        return last[0].getState() == MessageState.DELIVERED ? Exit.DONE : Exit.FAILED;
    }

    private int many(PipelineAddress address, SmsPublisher publisher) {
        try (StatusWatch watch = wait ? StatusWatch.from(address.kafka(), address.topics(), address.serdes()) : null) {
            AnswersInOrder answers = new AnswersInOrder(answer);
            input.each(line -> answers.add(published(publisher, line)));
            answers.finish();
            if (watch == null) {
                return answers.refused() == 0 ? Exit.DONE : Exit.FAILED;
            }
            return awaitAll(watch, answers);
        }
    }

    private int awaitAll(StatusWatch watch, AnswersInOrder answers) {
        var waiting = answers.ids();
        boolean[] allDelivered = {answers.refused() == 0};
        boolean inTime = waiting.isEmpty()
                || watch.until(timeout, status -> {
                    if (status.getFinal$() && waiting.remove(status.getMessageId())) {
                        allDelivered[0] &= status.getState() == MessageState.DELIVERED;
                    }
                    return !waiting.isEmpty();
                });
        return !inTime ? Exit.TIMED_OUT : allDelivered[0] ? Exit.DONE : Exit.FAILED;
    }

    private AnswersInOrder.Pending published(SmsPublisher publisher, String line) {
        String to = null;
        try {
            JsonNode node = MAPPER.readTree(line);
            to = node == null
                    ? null
                    : node.path("to").isTextual() ? node.path("to").asText() : null;
            OutgoingMessage message = publisher.draft(SendDraft.from(node, clock));
            return new AnswersInOrder.Pending(accepted(message), publish(publisher, message));
        } catch (JsonProcessingException e) {
            return AnswersInOrder.Pending.refused("no JSON: " + e.getOriginalMessage(), to);
        } catch (UserFault | InvalidSmsException e) {
            return AnswersInOrder.Pending.refused(String.valueOf(e.getMessage()), to);
        }
    }

    private CompletionStage<String> publish(SmsPublisher publisher, OutgoingMessage message) {
        return unchecked ? publisher.publishUnchecked(message, List.of()) : publisher.publish(message, List.of());
    }

    private static ObjectNode accepted(OutgoingMessage message) {
        return JsonNodeFactory.instance.objectNode().put("id", message.getId()).put("to", message.getTo());
    }

    private static RuntimeException notPublished(CompletionException e) {
        return e.getCause() instanceof RuntimeException cause ? cause : e;
    }
}
