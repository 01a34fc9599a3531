package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smspipeline.quickstart.tail.TopicTail;
import io.smspipeline.record.OptOut;
import io.smspipeline.record.OptOutOrigin;
import io.smspipeline.schemas.address.Msisdn;
import io.smspipeline.schemas.optout.OptOutKey;
import io.smspipeline.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./sms opt-out add|remove|list}: which handsets want nothing from which senders. */
@Command(
        name = "opt-out",
        description = "Says which handsets want nothing from which senders.",
        mixinStandardHelpOptions = true)
final class OptOutCommand {
    private final Answer answer;
    private final Clock clock = Clock.systemUTC();

    OptOutCommand(Answer answer) {
        this.answer = answer;
    }

    @Command(name = "add", description = "Nothing is sent to the handset any more, whatever it says itself.")
    int add(
            @Mixin PipelineOptions pipeline,
            @Mixin PatienceOption timeout,
            @Parameters(paramLabel = "HANDSET") String handset,
            @Option(names = "--sender", description = "From this sender only.") @Nullable String sender) {
        Msisdn number = number(handset);
        PipelineAddress address = pipeline.address();
        OptOutKey key = OptOutKey.of(number.value(), sender == null ? OptOutKey.EVERYBODY : sender);
        String by = System.getProperty("user.name", "somebody") + " at the command line";
        write(
                address,
                key,
                new OptOut(key.handset(), key.sender(), true, OptOutOrigin.OPERATOR, by, clock.instant()),
                timeout.patience());
        answer.line(key.handset() + "  opted out from "
                + (key.sender().equals(OptOutKey.EVERYBODY) ? "every sender" : key.sender()));
        return Exit.DONE;
    }

    @Command(
            name = "remove",
            description = "Forgets what is on record of the handset, whoever said it; 1 when there is nothing.")
    int remove(
            @Mixin PipelineOptions pipeline,
            @Mixin PatienceOption timeout,
            @Parameters(paramLabel = "HANDSET") String handset,
            @Option(names = "--sender", description = "Of this sender only; * for what is said of all.") @Nullable
                    String sender) {
        Msisdn number = number(handset);
        PipelineAddress address = pipeline.address();
        Map<String, OptOut> known = known(address, timeout.patience());
        if (known == null) {
            return Exit.TIMED_OUT;
        }
        String wanted = sender == null ? null : OptOutKey.comparable(sender);
        List<OptOut> found = known.values().stream()
                .filter(said -> said.getHandset().equals(number.value()))
                .filter(said -> wanted == null || said.getSender().equals(wanted))
                .toList();
        for (OptOut said : found) {
            write(address, new OptOutKey(said.getHandset(), said.getSender()), null, timeout.patience());
            answer.line(said.getHandset() + "  " + said.getSender() + "  forgotten");
        }
        if (found.isEmpty()) {
            answer.line(number.value() + "  nothing is on record");
        }
        return found.isEmpty() ? Exit.FAILED : Exit.DONE;
    }

    @Command(name = "list", description = "What is on record, one line each.")
    int list(
            @Mixin PipelineOptions pipeline,
            @Mixin PatienceOption timeout,
            @Option(names = "--json", description = "One JSON object a line.") boolean json) {
        Map<String, OptOut> known = known(pipeline.address(), timeout.patience());
        if (known == null) {
            return Exit.TIMED_OUT;
        }
        for (OptOut said : known.values()) {
            if (json) {
                answer.json(JsonNodeFactory.instance
                        .objectNode()
                        .put("handset", said.getHandset())
                        .put("sender", said.getSender())
                        .put("optedOut", said.getOptedOut())
                        .put("origin", said.getOrigin().name())
                        .put("reason", said.getReason())
                        .put("at", said.getAt().toString()));
            } else {
                answer.line(said.getHandset() + "  " + said.getSender() + "  "
                        + (said.getOptedOut() ? "opted out" : "wanted") + "  " + said.getOrigin() + "  "
                        + said.getReason() + "  " + said.getAt());
            }
        }
        return Exit.DONE;
    }

    private static Msisdn number(String text) {
        if (Msisdn.parse(text) instanceof Msisdn.Valid valid) {
            return valid.msisdn();
        }
        throw new UserFault("HANDSET is '" + text + "': " + ((Msisdn.Invalid) Msisdn.parse(text)).reason() + ".");
    }

    /** In the partition of the handset's number, where routing looks for it. */
    private static void write(PipelineAddress address, OptOutKey key, @Nullable OptOut said, Duration patience) {
        Topic<OptOut> topic = address.topics().optOut();
        int partition = Utils.toPositive(Utils.murmur2(key.handset().getBytes(StandardCharsets.UTF_8)))
                % partitions(address, topic.name());
        address.publish(topic, partition, key.text(), said, patience);
    }

    private static int partitions(PipelineAddress address, String topic) {
        try (Admin admin = Admin.create(address.settings().admin("sms-cli"))) {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .values()
                    .iterator()
                    .next()
                    .partitions()
                    .size();
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "topic " + topic + " cannot be described: " + e.getMessage() + ". `./sms topics apply` makes it.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while topic " + topic + " was described", e);
        }
    }

    /** By key; null when time ran out. */
    private static @Nullable Map<String, OptOut> known(PipelineAddress address, Duration patience) {
        Topic<OptOut> topic = address.topics().optOut();
        Map<String, OptOut> known = new TreeMap<>();
        try (TopicTail tail = TopicTail.fromBeginning(address.kafka(), List.of(topic.name()))) {
            boolean whole = tail.toEnd(patience, record -> {
                String key = new String(record.key(), StandardCharsets.UTF_8);
                if (record.value() == null) {
                    known.remove(key);
                } else {
                    known.put(key, address.serdes().read(topic, record.value()));
                }
                return true;
            });
            return whole ? known : null;
        }
    }
}
