package io.smspipeline.receiver;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.InboundSink;
import io.smspipeline.provider.InboundTopics;
import io.smspipeline.provider.ProviderCatalogue;
import io.smspipeline.provider.webhook.Webhooks;
import io.smspipeline.receiver.webhook.WebhookServer;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.service.drain.Service;
import io.smspipeline.service.health.Check;
import io.smspipeline.service.publish.PublishLimits;
import io.smspipeline.service.publish.Publisher;
import io.smspipeline.service.start.Blueprint;
import io.smspipeline.service.start.SharedParts;
import io.smspipeline.settings.Section;
import java.time.Duration;
import java.util.List;

/** The receiver, put together. */
public final class ReceiverBlueprint implements Blueprint<ReceiverBlueprint.Settings> {
    /** What the receiver reads of a configuration. */
    public record Settings(ReceiverSettings receiver, List<ConfiguredProvider> providers) {
        /** Copies the list, so that settings cannot change. */
        public Settings {
            providers = List.copyOf(providers);
        }
    }

    /** The answers under way are waited for, at most a response timeout of theirs, and then the goodbyes. */
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "receiver";
    }

    @Override
    public Settings read(Section root) {
        return new Settings(
                ReceiverSettings.read(root), ProviderCatalogue.onClassPath().read(root));
    }

    @Override
    public void start(Service service, Settings settings, SharedParts shared) {
        Topics topics = shared.settings().topics().topics();
        Publisher publisher = service.add(
                "publisher",
                Publisher.open(
                        shared.settings().kafka(),
                        "receiver",
                        PublishLimits.PROMPT,
                        List.of(topics.receipt().name(), topics.mo().name()),
                        shared.meters()));
        service.add("kafka check", shared.health().ready("receiver to Kafka", publisher::check));
        InboundTopics inbound = new InboundTopics(topics, publisher::publish);
        ReceiverService receiver = service.add(
                "sources",
                new ReceiverService(
                        settings.receiver(),
                        settings.providers(),
                        inbound,
                        shared.meters(),
                        shared.clock(),
                        shared.settings().log().personalData()),
                CLOSE_WITHIN);
        service.add(
                "sources check",
                shared.health()
                        .ready(
                                "receiver sources",
                                () -> receiver.trouble().map(Check::down).orElse(Check.up("all connected"))));
        startWebhooks(service, settings, inbound, shared);
    }

    private static void startWebhooks(Service service, Settings settings, InboundSink inbound, SharedParts shared) {
        List<Webhooks> webhooks = settings.providers().stream()
                .flatMap(provider -> provider.webhooks(shared.clock()).stream())
                .toList();
        if (!webhooks.isEmpty()) {
            WebhookServer server = service.add(
                    "webhooks",
                    WebhookServer.start(
                            settings.receiver().http(),
                            webhooks,
                            new InboundCounters(inbound, shared.meters()),
                            shared.meters()),
                    CLOSE_WITHIN);
            shared.doors().opened("receiver", server.port());
        }
    }
}
