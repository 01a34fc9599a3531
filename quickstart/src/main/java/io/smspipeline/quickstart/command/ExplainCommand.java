package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.admission.Admission;
import io.smspipeline.record.Encoding;
import io.smspipeline.record.Failure;
import io.smspipeline.record.OnUncertain;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import io.smspipeline.record.StatusReport;
import io.smspipeline.record.TextContent;
import io.smspipeline.router.routing.Circumstances;
import io.smspipeline.router.routing.Explanation;
import io.smspipeline.router.routing.RoutingSettings;
import io.smspipeline.schemas.address.Msisdn;
import io.smspipeline.schemas.trust.TrustedRecords;
import io.smspipeline.settings.Settings;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./sms routes explain}: what the rules of a configuration make of a message, without any broker. */
@Command(
        name = "explain",
        description = "Says who would carry a message by the routes of a configuration, and what each rule says of it:"
                + " 0 when somebody does, 1 when nobody. Providers are taken for ready.")
final class ExplainCommand implements Callable<Integer> {
    private final Answer answer;
    private final Clock clock = Clock.systemUTC();

    @Mixin
    private PipelineOptions pipeline = new PipelineOptions();

    @Option(names = "--to", required = true, paramLabel = "X", description = "Recipient in E.164.")
    private String to = "";

    @Option(names = "--from", paramLabel = "S", description = "Sender id.")
    private @Nullable String from;

    @Option(names = "--text", paramLabel = "T", description = "What it says, for rules about parts and encoding.")
    private String text = "Hello";

    @Option(names = "--label", paramLabel = "K=V", description = "May be repeated.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(names = "--priority", paramLabel = "P", description = "LOW, NORMAL or HIGH; default: NORMAL.")
    private Priority priority = Priority.NORMAL;

    @Option(names = "--encoding", paramLabel = "E", description = "AUTO, GSM7, UCS2 or LATIN1; default: AUTO.")
    private Encoding encoding = Encoding.AUTO;

    @Option(names = "--provider", paramLabel = "ALIAS", description = "The provider the message names.")
    private @Nullable String provider;

    @Option(names = "--submission", paramLabel = "ID", description = "Its submissionId.")
    private @Nullable String submission;

    @Option(names = "--tenant", paramLabel = "T", description = "On whose behalf.")
    private @Nullable String tenant;

    @Option(names = "--at", paramLabel = "WHEN", description = "As if it were then (ISO-8601); default: now.")
    private @Nullable String at;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    ExplainCommand(Answer answer) {
        this.answer = answer;
    }

    @Override
    public Integer call() {
        Settings settings = pipeline.settings();
        RoutingSettings routing = RoutingSettings.read(settings.root());
        settings.faults().throwIfAny();
        Instant now = at == null ? clock.instant() : SendDraft.instant("--at", at, clock);
        Explanation explained = explained(routing, now);
        if (json) {
            answer.json(json(explained));
        } else {
            tell(explained);
        }
        return explained.provider() == null ? Exit.FAILED : Exit.DONE;
    }

    private Explanation explained(RoutingSettings routing, Instant now) {
        OutgoingMessage message = message(now);
        Msisdn.Parsed recipient = routing.entry().recipients().read(to, tenant);
        if (recipient instanceof Msisdn.Invalid invalid) {
            return refused("to: " + invalid.reason());
        }
        message.setTo(((Msisdn.Valid) recipient).msisdn().value());
        return Admission.unfit(message)
                .map(Failure::getReason)
                .map(ExplainCommand::refused)
                .orElseGet(() -> routing.table().explain(message, Circumstances.fresh(now)));
    }

    private OutgoingMessage message(Instant now) {
        TrustedRecords.trust();
        return OutgoingMessage.newBuilder()
                .setId("explained")
                .setTo(to)
                .setFrom(from)
                .setContent(new TextContent(text))
                .setEncoding(encoding)
                .setProvider(provider)
                .setLabels(labels)
                .setPriority(priority)
                .setStatusReport(StatusReport.FINAL)
                .setOnUncertain(OnUncertain.RESEND)
                .setSubmissionId(submission)
                .setTenant(tenant)
                .setParams(Map.of())
                .setCreatedAt(now)
                .build();
    }

    /** As routing refuses it before it asks any rule. */
    private static Explanation refused(String reason) {
        return new Explanation(null, null, reason, List.of(), null, Map.of(), List.of());
    }

    private static ObjectNode json(Explanation explained) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("provider", explained.provider());
        node.put("rule", explained.rule());
        node.put("rejected", explained.rejected());
        ArrayNode candidates = node.putArray("candidates");
        explained.candidates().forEach(candidates::add);
        Instant until = explained.heldUntil();
        if (until != null) {
            node.put("heldUntil", until.toString());
        }
        if (!explained.set().isEmpty()) {
            ObjectNode set = node.putObject("set");
            explained.set().forEach(set::put);
        }
        ArrayNode rules = node.putArray("rules");
        for (Explanation.Verdict verdict : explained.rules()) {
            rules.addObject()
                    .put("name", verdict.name())
                    .put("matches", verdict.matches())
                    .put("why", verdict.why());
        }
        return node;
    }

    private void tell(Explanation explained) {
        for (Explanation.Verdict verdict : explained.rules()) {
            answer.line((verdict.matches() ? "yes  " : "no   ") + verdict.name() + ": " + verdict.why());
        }
        if (explained.rejected() != null) {
            answer.line("nobody carries it: " + explained.rejected());
            return;
        }
        answer.line("carried by " + String.join(", then ", explained.candidates())
                + (explained.rule() == null ? "" : ", by rule '" + explained.rule() + "'"));
        if (explained.heldUntil() != null) {
            answer.line("held until " + explained.heldUntil());
        }
        explained.set().forEach((key, value) -> answer.line("set " + key + ": " + value));
    }
}
