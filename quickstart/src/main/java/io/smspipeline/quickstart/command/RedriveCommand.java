package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smspipeline.quickstart.redrive.Redrive;
import io.smspipeline.quickstart.redrive.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./sms redrive}: brings dead letters back to the group that set them aside. */
@Command(
        name = "redrive",
        description = {
            "Brings dead letters back to the group that set them aside, and to nobody else: each once.",
            "Prints {\"redriven\":n}."
        })
final class RedriveCommand implements Callable<Integer> {
    private final Answer answer;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private PipelineOptions pipeline = new PipelineOptions();

    @Option(
            names = "--topic",
            required = true,
            paramLabel = "TOPIC",
            description = "The topic the records lay in, such as sms.status; sms.dead-letter for any.")
    private String topic = "";

    @Option(names = "--group", paramLabel = "GROUP", description = "The group that set them aside; default: any.")
    private @Nullable String group;

    @Option(
            names = "--where",
            paramLabel = "WORD=VALUE",
            description =
                    "Only those whose reason contains VALUE, or whose key, messageId, partition, offset, attempts, at"
                            + " or header of that name is VALUE; may be given several times, and all must hold.")
    private List<String> where = new ArrayList<>();

    @Option(names = "--dry-run", description = "Says how many it would be, and brings none.")
    private boolean dryRun;

    @Option(names = "--again", description = "Brings also those that were brought back before.")
    private boolean again;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            converter = PatienceConverter.class,
            description = "For reading each topic; default: 60.")
    private Duration timeout = Duration.ofSeconds(60);

    RedriveCommand(Answer answer) {
        this.answer = answer;
    }

    @Override
    public Integer call() {
        List<Wanted.Condition> conditions =
                where.stream().map(RedriveCommand::condition).toList();
        PipelineAddress address = pipeline.address();
        RecordLines lines = new RecordLines(address);
        Redrive redrive = new Redrive(
                address.kafka(),
                address.producer(),
                address.topics(),
                letter -> messageId(lines.deadLetter(letter)),
                timeout);
        String origin = topic.equals(address.topics().deadLetter()) ? null : topic;
        Wanted wanted = new Wanted(origin, group, conditions);
        Redrive.Outcome outcome = dryRun ? redrive.count(wanted, again) : redrive.bring(wanted, again);
        answer.json(JsonNodeFactory.instance.objectNode().put("redriven", outcome.redriven()));
        if (outcome.before() > 0) {
            tell(outcome.before() + " more were brought back before; --again brings them once more.");
        }
        if (outcome.empty() > 0) {
            tell(outcome.empty() + " more carry no octets, as Kafka had refused those: nothing can be brought back.");
        }
        return Exit.DONE;
    }

    private void tell(String sentence) {
        if (spec != null) {
            spec.commandLine().getErr().println(sentence);
        }
    }

    private static Wanted.Condition condition(String said) {
        int equals = said.indexOf('=');
        if (equals < 1) {
            throw new UserFault("--where is '" + said + "': write a word, =, and a value, such as reason=timeout.");
        }
        return new Wanted.Condition(said.substring(0, equals), said.substring(equals + 1));
    }

    /** Of a letter as {@code watch} shows it. The key is the message's id where the record cannot be read. */
    private static String messageId(JsonNode letter) {
        JsonNode record = letter.path("record");
        for (JsonNode id : List.of(
                record.path("messageId"),
                record.path("id"),
                record.path("message").path("id"))) {
            if (id.isTextual()) {
                return id.asText();
            }
        }
        return letter.path("key").asText();
    }
}
