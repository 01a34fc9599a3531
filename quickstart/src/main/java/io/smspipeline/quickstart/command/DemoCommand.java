package io.smspipeline.quickstart.command;

import io.smspipeline.client.SmsPublisher;
import io.smspipeline.quickstart.pipeline.DataDirectory;
import io.smspipeline.quickstart.pipeline.LocalPipeline;
import io.smspipeline.quickstart.pipeline.Ports;
import io.smspipeline.quickstart.tail.TopicTail;
import io.smspipeline.record.InboundMessage;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.schemas.json.RecordJson;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.service.drain.Service;
import io.smspipeline.service.health.HealthChecks;
import io.smspipeline.service.settings.KafkaSettings;
import io.smspipeline.service.start.Launch;
import io.smspipeline.service.start.Signals;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sms demo}: the whole way of one message and its reply, for somebody who sees this for the first time. */
@Command(
        name = "demo",
        description =
                "Starts everything on free ports, sends one message to a simulated handset, shows its states and the"
                        + " reply, and ends.")
final class DemoCommand implements Callable<Integer> {
    private static final String HANDSET = "+447700900123";
    private static final String TEXT = "Hello, are you there?";
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Answer answer;

    @Option(names = "--stay", description = "Goes on running afterwards, on the usual ports, as `up` does.")
    private boolean stay;

    DemoCommand(Answer answer) {
        this.answer = answer;
    }

    @Override
    public Integer call() {
        HealthChecks health = new HealthChecks();
        CompletableFuture<Integer> shown = new CompletableFuture<>();
        CompletionStage<?> end = CompletableFuture.anyOf(
                Signals.first().toCompletableFuture(), stay ? new CompletableFuture<Integer>() : shown);
        int code = Launch.until(
                end,
                Service.named("demo", health),
                service -> {
                    LocalPipeline pipeline =
                            new LocalPipeline(null, System.getenv(), stay ? Ports.USUAL : Ports.FREE, health);
                    answer.line(
                            "Starting a Kafka broker, a schema registry, an SMSC and every service in this JVM ...");
                    shown.complete(show(pipeline.start(service, DataDirectory.at(null))));
                    if (stay) {
                        answer.line("Everything goes on running; Ctrl-C ends it.");
                    }
                },
                System.err);
        return code == Launch.DONE ? shown.getNow(Exit.DONE) : code;
    }

    private int show(LocalPipeline.Running running) {
        KafkaSettings kafka = KafkaSettings.at(running.kafka(), running.registry());
        PipelineAddress address = new PipelineAddress(kafka, new Topics(""), kafka.serdes());
        RecordLines lines = new RecordLines(address);
        String status = address.topics().status().name();
        String inbound = address.topics().inbound().name();
        try (SmsPublisher publisher = SmsPublisher.connect(address.kafka());
                TopicTail tail = TopicTail.fromNow(address.kafka(), List.of(status, inbound))) {
            String id = publisher
                    .publish(publisher.draft(SendDraft.to(HANDSET, TEXT)), List.of())
                    .toCompletableFuture()
                    .join();
            answer.line("");
            answer.line("published to sms.outgoing: \"" + TEXT + "\" to " + HANDSET + ", message " + id);
            boolean[] seen = new boolean[2];
            boolean[] failed = new boolean[1];
            boolean inTime = tail.until(PATIENCE, record -> {
                if (record.topic().equals(status)) {
                    MessageStatus told = address.serdes().read(status, MessageStatus.class, record.value());
                    answer.line("sms.status    " + lines.status(RecordJson.of(told)));
                    seen[0] |= told.getState() == MessageState.DELIVERED;
                    failed[0] |= told.getFinal$() && told.getState() != MessageState.DELIVERED;
                } else {
                    InboundMessage reply = address.serdes().read(inbound, InboundMessage.class, record.value());
                    answer.line("sms.inbound   " + lines.forPerson(WatchCommand.Subject.INBOUND, RecordJson.of(reply)));
                    seen[1] |= id.equals(reply.getInReplyTo());
                }
                return !failed[0] && !(seen[0] && seen[1]);
            });
            answer.line("");
            answer.line(
                    seen[0] && seen[1]
                            ? "Delivered and answered."
                            : inTime
                                    ? "The message ended otherwise, see above."
                                    : "Not within " + PATIENCE.toSeconds() + " s.");
            return seen[0] && seen[1] ? Exit.DONE : inTime ? Exit.FAILED : Exit.TIMED_OUT;
        }
    }
}
