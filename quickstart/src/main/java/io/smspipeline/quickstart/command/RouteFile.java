package io.smspipeline.quickstart.command;

import io.smspipeline.router.routing.ProviderRef;
import io.smspipeline.router.routing.RouteTable;
import io.smspipeline.router.routing.RoutingPolicy;
import io.smspipeline.router.routing.RoutingSettings;
import io.smspipeline.service.settings.ServiceSettings;
import io.smspipeline.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * A file with routes, alone or as part of a whole configuration, and the table it makes.
 *
 * @param table sound
 * @param content its sections as they are published
 */
record RouteFile(RouteTable table, String content) {
    /**
     * Reads a file.
     *
     * @param known where the file itself names no providers
     * @throws io.smspipeline.settings.SettingsException with every fault
     */
    static RouteFile read(Path file, List<ProviderRef> known) {
        Settings settings = Settings.read(file, Map.of(), ServiceSettings.TOP_LEVEL);
        RouteTable table = settings.root().has("providers")
                ? RoutingSettings.read(settings.root()).table()
                : RouteTable.read(settings.root(), 0, known, RoutingPolicy.loaded());
        settings.faults().throwIfAny();
        if (table.rules().isEmpty() && !settings.root().has("routes")) {
            throw new UserFault(file + " has no section routes: write the rules under it, or routes: [] for none.");
        }
        return new RouteFile(table, settings.root().document(RouteTable.SECTIONS));
    }

    /** The providers of a configuration; where it names none, those the cluster has topics for, in order of their names. */
    static List<ProviderRef> providers(Settings configuration, PipelineAddress address) {
        List<ProviderRef> configured = new ArrayList<>();
        if (configuration.root().has("providers")) {
            configured.addAll(RoutingSettings.read(configuration.root()).table().providers());
            configuration.faults().throwIfAny();
        }
        return configured.isEmpty() ? withTopics(address) : configured;
    }

    private static List<ProviderRef> withTopics(PipelineAddress address) {
        Pattern submit = Pattern.compile(Pattern.quote(address.topics().prefix()) + "sms\\.submit\\.([^.]+)\\.[a-z]+");
        Set<String> aliases = new TreeSet<>();
        try (Admin admin = Admin.create(address.settings().admin("sms-cli"))) {
            for (String topic : admin.listTopics().names().get()) {
                Matcher matcher = submit.matcher(topic);
                if (matcher.matches()) {
                    aliases.add(matcher.group(1));
                }
            }
        } catch (ExecutionException e) {
            throw new KafkaException("cannot read the cluster's topics: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while reading the cluster's topics", e);
        }
        if (aliases.isEmpty()) {
            throw new UserFault(
                    "no provider is known: name them in the file or by --config, or run `./sms topics apply`.");
        }
        return aliases.stream().map(alias -> new ProviderRef(alias, "unknown")).toList();
    }
}
