package io.smspipeline.sender;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.InboundTopics;
import io.smspipeline.provider.ProviderCatalogue;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.sender.control.ControlTable;
import io.smspipeline.sender.control.StateReports;
import io.smspipeline.service.drain.Service;
import io.smspipeline.service.health.Check;
import io.smspipeline.service.publish.PublishLimits;
import io.smspipeline.service.publish.Publisher;
import io.smspipeline.service.start.Blueprint;
import io.smspipeline.service.start.SharedParts;
import io.smspipeline.settings.Section;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The sender, put together. */
public final class SenderBlueprint implements Blueprint<SenderBlueprint.Settings> {
    /** What the sender reads of a configuration. */
    public record Settings(SenderSettings sender, List<ConfiguredProvider> providers) {
        /** Copies the list, so that settings cannot change. */
        public Settings {
            providers = List.copyOf(providers);
        }
    }

    @Override
    public String name() {
        return "sender";
    }

    @Override
    public Settings read(Section root) {
        return new Settings(
                SenderSettings.read(root), ProviderCatalogue.onClassPath().read(root));
    }

    @Override
    public void start(Service service, Settings settings, SharedParts shared) {
        Topics topics = shared.settings().topics().topics();
        String instance = Integer.toString(settings.sender().instance().number());
        // For what is told of providers, and for transceivers, whose sessions bring receipts and messages to the
        // sender.
        Publisher publisher = service.add(
                "publisher",
                Publisher.open(
                        shared.settings().kafka(),
                        "sender-inbound",
                        PublishLimits.PROMPT,
                        List.of(
                                topics.receipt().name(),
                                topics.mo().name(),
                                topics.providerState().name()),
                        shared.meters()));
        service.add("kafka check", shared.health().ready("sender to Kafka", publisher::check));
        SenderService sender = service.add(
                "senders",
                new SenderService(
                        settings.sender(),
                        shared.settings(),
                        shared.serdes(),
                        settings.providers(),
                        new InboundTopics(topics, publisher::publish),
                        shared.meters(),
                        shared.clock(),
                        fault -> service.failed("senders", fault)),
                settings.sender().closing());
        // To join the group and to bind take a while, in threads of their own: what operators want is read meanwhile.
        sender.start();
        service.add(
                "provider control",
                ControlTable.open(
                        shared.settings().kafka().consumer("sender-control"),
                        topics.providerControl(),
                        shared.serdes(),
                        sender::obey));
        sender.feed();
        // Closed before the senders are: who drains gets nothing new.
        StateReports reports = service.add(
                "provider state",
                new StateReports(
                        sender::states,
                        (alias, state) -> publisher.publish(new ProducerRecord<>(
                                topics.providerState().name(),
                                Topics.providerStateKey(alias, instance).getBytes(StandardCharsets.UTF_8),
                                state == null
                                        ? null
                                        : shared.serdes()
                                                .write(topics.providerState().name(), state)))));
        reports.start();
        service.add(
                "senders check",
                shared.health()
                        .ready(
                                "senders",
                                () -> sender.trouble().map(Check::down).orElse(Check.up("all connected"))));
    }
}
