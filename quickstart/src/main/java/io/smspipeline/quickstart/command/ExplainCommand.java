package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.quickstart.routes.LiveWorld;
import io.smspipeline.record.Encoding;
import io.smspipeline.record.OnUncertain;
import io.smspipeline.record.OptOut;
import io.smspipeline.record.OptOutOrigin;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import io.smspipeline.record.StatusReport;
import io.smspipeline.record.TextContent;
import io.smspipeline.router.entry.Wishes;
import io.smspipeline.router.provider.ProviderView;
import io.smspipeline.router.routing.Explaining;
import io.smspipeline.router.routing.Explanation;
import io.smspipeline.router.routing.RouteTable;
import io.smspipeline.router.routing.RoutingSettings;
import io.smspipeline.router.table.TableLog;
import io.smspipeline.schemas.address.Msisdn;
import io.smspipeline.schemas.optout.OptOutKey;
import io.smspipeline.schemas.trust.TrustedRecords;
import io.smspipeline.settings.Settings;
import io.smspipeline.settings.SettingsException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./sms routes explain}: what routing makes of a message: without any broker, or as a running pipeline would now. */
@Command(
        name = "explain",
        description = "Says who would carry a message by the routes of a configuration, and what each rule says of it:"
                + " 0 when somebody does, 1 when nobody. Without --live no broker is asked: providers are taken for ready"
                + " but for --down, and nobody opted out but for --opted-out. What came before the message (ids,"
                + " deduplication keys, caps) is never looked at.")
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

    @Option(
            names = "--live",
            description = "As the running pipeline would: by its routes in force, its providers as they are, and who"
                    + " opted out.")
    private boolean live;

    @Option(names = "--down", paramLabel = "ALIAS", description = "As if this provider were down; may be repeated.")
    private List<String> down = new ArrayList<>();

    @Option(
            names = "--opted-out",
            paramLabel = "SENDER",
            description = "As if the recipient wanted nothing from this sender; * for all; may be repeated.")
    private List<String> optedOut = new ArrayList<>();

    @Mixin
    private PatienceOption timeout = new PatienceOption();

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
        for (String alias : down) {
            if (!routing.table().knows(alias)) {
                throw new UserFault("--down names '" + alias + "', which is not configured: configured are "
                        + String.join(", ", routing.table().aliases()) + ".");
            }
        }
        OutgoingMessage message = message(now);
        RouteTable table = routing.table();
        Explaining.World world = Explaining.World.QUIET;
        if (live) {
            PipelineAddress address = pipeline.address();
            table = inForce(address, table);
            Optional<LiveWorld> found = LiveWorld.read(
                    address.kafka(), address.topics(), address.serdes(), handset(routing), timeout.patience());
            if (found.isEmpty()) {
                return Exit.TIMED_OUT;
            }
            world = found.get().at(clock.instant(), routing.providers());
        }
        Explanation explained = new Explaining(routing).explain(message, table, supposed(world, routing, now), now);
        if (json) {
            answer.json(json(explained));
        } else {
            tell(explained);
        }
        return explained.provider() == null ? Exit.FAILED : Exit.DONE;
    }

    /** As routers find it: the highest version without a fault, or the file's. */
    private static RouteTable inForce(PipelineAddress address, RouteTable file) {
        TableLog log = new TableLog(address.settings(), address.topics(), address.serdes(), Clock.systemUTC());
        RouteTable found = file;
        for (io.smspipeline.record.RouteTable version : log.versions()) {
            try {
                found = RouteTable.parse(version.getVersion(), version.getContent(), file.providers(), file.policy());
            } catch (SettingsException faulty) {
                // Routers pass it over and say so: the one before it stays in force.
                continue;
            }
        }
        return found;
    }

    private String handset(RoutingSettings routing) {
        return routing.entry().recipients().read(to, tenant) instanceof Msisdn.Valid valid
                ? valid.msisdn().value()
                : to;
    }

    /** What is said with --down and --opted-out stands above what is known. */
    private Explaining.World supposed(Explaining.World known, RoutingSettings routing, Instant now) {
        ProviderView view = down.isEmpty() ? known.view() : known.view().without(Set.copyOf(down));
        if (optedOut.isEmpty()) {
            return new Explaining.World(view, known.measured(), known.wishes());
        }
        String handset = handset(routing);
        Map<OptOutKey, OptOut> said = new HashMap<>();
        for (String sender : optedOut) {
            OptOutKey key = OptOutKey.of(handset, sender);
            said.put(key, new OptOut(handset, key.sender(), true, OptOutOrigin.OPERATOR, "--opted-out", now));
        }
        Wishes wishes =
                key -> said.containsKey(key) ? said.get(key) : known.wishes().lastWord(key);
        return new Explaining.World(view, known.measured(), wishes);
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
