package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.quickstart.tail.TopicTail;
import io.smspipeline.record.BreakerState;
import io.smspipeline.record.ControlMode;
import io.smspipeline.record.ProviderControl;
import io.smspipeline.record.ProviderState;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./sms provider list|run|pause|drain}: how providers are, and whether they are fed. */
@Command(
        name = "provider",
        description = "Shows how senders find their providers, and says whether one is to be fed.",
        mixinStandardHelpOptions = true)
final class ProviderCommand {
    /** A sender speaks every second; routing stops believing it a little later. */
    private static final Duration SILENCE = Duration.ofSeconds(4);

    private final Answer answer;
    private final Clock clock = Clock.systemUTC();

    ProviderCommand(Answer answer) {
        this.answer = answer;
    }

    /** Both tables as they are. */
    private record Known(Map<String, List<ProviderState>> states, Map<String, ControlMode> modes) {}

    @Command(name = "list", description = "One line for each provider and sender process that serves it.")
    int list(
            @Mixin PipelineOptions pipeline,
            @Mixin PatienceOption timeout,
            @Option(names = "--json", description = "One JSON object for each provider.") boolean json) {
        PipelineAddress address = pipeline.address();
        Known known = known(address, timeout.patience());
        if (known == null) {
            return Exit.TIMED_OUT;
        }
        Instant now = clock.instant();
        Set<String> aliases = new TreeSet<>(known.states.keySet());
        known.modes.forEach((alias, mode) -> {
            if (mode != ControlMode.RUN) {
                aliases.add(alias);
            }
        });
        for (String alias : aliases) {
            ControlMode mode = known.modes.getOrDefault(alias, ControlMode.RUN);
            List<ProviderState> states = known.states.getOrDefault(alias, List.of());
            if (json) {
                answer.json(json(alias, mode, states, now));
            } else if (states.isEmpty()) {
                answer.line(alias + "  " + mode + "  no sender process serves it");
            } else {
                states.forEach(state -> answer.line(line(mode, state, now)));
            }
        }
        if (aliases.isEmpty() && !json) {
            answer.line("no sender process has said anything yet");
        }
        return Exit.DONE;
    }

    @Command(name = "run", description = "It is fed again.")
    int run(
            @Mixin PipelineOptions pipeline,
            @Mixin PatienceOption timeout,
            @Parameters(paramLabel = "ALIAS") String alias) {
        return want(pipeline, timeout, alias, ControlMode.RUN);
    }

    @Command(
            name = "pause",
            description = "Nothing is submitted to it. What waits for it stays; what others can carry goes to them.")
    int pause(
            @Mixin PipelineOptions pipeline,
            @Mixin PatienceOption timeout,
            @Parameters(paramLabel = "ALIAS") String alias) {
        return want(pipeline, timeout, alias, ControlMode.PAUSE);
    }

    @Command(
            name = "drain",
            description =
                    "Nothing new is submitted to it, and what waits for it and others can carry is given to them.")
    int drain(
            @Mixin PipelineOptions pipeline,
            @Mixin PatienceOption timeout,
            @Parameters(paramLabel = "ALIAS") String alias) {
        return want(pipeline, timeout, alias, ControlMode.DRAIN);
    }

    private int want(PipelineOptions pipeline, PatienceOption timeout, String alias, ControlMode mode) {
        PipelineAddress address = pipeline.address();
        if (!isProvider(address, alias)) {
            throw new UserFault("there is no provider '" + alias + "': no topic "
                    + address.topics().submit(alias, Lane.NORMAL).name()
                    + " exists. `./sms provider list` names those that are served.");
        }
        String by = System.getProperty("user.name", "somebody") + " at the command line";
        address.publish(
                address.topics().providerControl(),
                null,
                alias,
                new ProviderControl(alias, mode, by, clock.instant()),
                timeout.patience());
        answer.line(alias + "  " + mode);
        return Exit.DONE;
    }

    private static boolean isProvider(PipelineAddress address, String alias) {
        try (Admin admin = Admin.create(address.settings().admin("sms-cli"))) {
            return admin.listTopics()
                    .names()
                    .get()
                    .contains(address.topics().submit(alias, Lane.NORMAL).name());
        } catch (ExecutionException e) {
            throw new KafkaException("the topics could not be listed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while the topics were listed", e);
        }
    }

    /** Null when time ran out. */
    private static @Nullable Known known(PipelineAddress address, Duration patience) {
        Topics topics = address.topics();
        Map<String, ProviderState> said = new TreeMap<>();
        Map<String, ControlMode> modes = new HashMap<>();
        try (TopicTail tail = TopicTail.fromBeginning(
                address.kafka(),
                List.of(topics.providerState().name(), topics.providerControl().name()))) {
            boolean whole = tail.toEnd(patience, record -> {
                String key = new String(record.key(), StandardCharsets.UTF_8);
                boolean gone = record.value() == null;
                if (record.topic().equals(topics.providerState().name())) {
                    if (gone) {
                        said.remove(key);
                    } else {
                        said.put(key, address.serdes().read(topics.providerState(), record.value()));
                    }
                } else {
                    modes.put(
                            key,
                            gone
                                    ? ControlMode.RUN
                                    : address.serdes()
                                            .read(topics.providerControl(), record.value())
                                            .getMode());
                }
                return true;
            });
            if (!whole) {
                return null;
            }
        }
        Map<String, List<ProviderState>> states = new TreeMap<>();
        said.values()
                .forEach(state -> states.computeIfAbsent(state.getAlias(), alias -> new ArrayList<>())
                        .add(state));
        return new Known(states, modes);
    }

    private static boolean isSilent(ProviderState state, Instant now) {
        return now.isAfter(state.getAt().plus(SILENCE));
    }

    private static String line(ControlMode mode, ProviderState state, Instant now) {
        String how = isSilent(state, now)
                ? "silent since " + state.getAt()
                : (state.getUp() ? "up since " : "down since ") + state.getSince();
        return state.getAlias() + "  " + mode + "  process " + state.getReplica() + "  " + how
                + (state.getRate() == 0 ? "" : "  " + Math.round(state.getRate()) + " parts/s")
                + (state.getBreaker() == BreakerState.CLOSED ? "" : "  fails too often: breaker " + state.getBreaker())
                + (state.getThrottled() ? "  throttled" : "") + "  " + state.getWaiting() + " waiting"
                + (state.getUp() || state.getReason().isEmpty() ? "" : "  " + state.getReason());
    }

    private static ObjectNode json(String alias, ControlMode mode, List<ProviderState> states, Instant now) {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("alias", alias).put("mode", mode.name());
        node.put("up", states.stream().anyMatch(state -> state.getUp() && !isSilent(state, now)));
        ArrayNode processes = node.putArray("processes");
        for (ProviderState state : states) {
            processes
                    .addObject()
                    .put("replica", state.getReplica())
                    .put("up", state.getUp())
                    .put("silent", isSilent(state, now))
                    .put("since", state.getSince().toString())
                    .put("reason", state.getReason())
                    .put("breaker", state.getBreaker().name())
                    .put("throttled", state.getThrottled())
                    .put("rate", state.getRate())
                    .put("waiting", state.getWaiting())
                    .put("control", state.getControl().name())
                    .put("at", state.getAt().toString());
        }
        return node;
    }
}
