package io.smspipeline.receiver.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import io.smspipeline.provider.InboundSink;
import io.smspipeline.provider.webhook.CallbackAddresses;
import io.smspipeline.provider.webhook.Webhooks;
import io.smspipeline.service.start.StartUpFault;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses of all providers that send by HTTP: {@code /{path}/{alias}/im} and {@code /status}. Safe for use by many
 * threads.
 */
public final class WebhookServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookServer.class);

    private final HttpEdge edge;

    private WebhookServer(HttpEdge edge) {
        this.edge = edge;
    }

    /**
     * Listens at once.
     *
     * @param webhooks of each account; at least one
     * @param sink where what comes is left: 2xx is answered only after it has it
     * @throws StartUpFault when the address cannot be had
     */
    public static WebhookServer start(
            HttpSettings settings, List<Webhooks> webhooks, InboundSink sink, MeterRegistry meters) {
        for (Webhooks each : webhooks) {
            if (each.proof().isEmpty() && settings.path().equals(CallbackAddresses.DEFAULT_PATH)) {
                LOG.warn(
                        "webhooks of {} are proved by nothing, as no secret of it is configured: anybody who reaches"
                                + " this port can send receipts and messages in its name. Set its secret, or a long"
                                + " random receiver.http.path",
                        each.alias());
            }
        }
        HttpEdge edge = HttpEdge.start(settings, new WebhookDesk(settings, webhooks, sink, meters, System::nanoTime));
        LOG.info(
                "webhooks at {}:{} of {}",
                settings.host(),
                edge.port(),
                webhooks.stream().map(Webhooks::alias).toList());
        return new WebhookServer(edge);
    }

    /** The port it listens at, also when it was asked for a free one. */
    public int port() {
        return edge.port();
    }

    /** Takes nothing more, lets what came be answered, closes. */
    @Override
    public void close() {
        edge.close();
    }
}
