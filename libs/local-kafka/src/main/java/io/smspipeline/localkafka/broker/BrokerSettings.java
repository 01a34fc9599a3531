package io.smspipeline.localkafka.broker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where one broker keeps its data and where it listens. Immutable.
 *
 * @param dataDirectory created when absent; a broker started again on it continues with what it holds
 * @param port TCP port on 127.0.0.1 for clients; 0 chooses a free one. To come back under the same address after a
 *     restart, pass what {@link LocalBroker#port()} said before
 * @param overrides broker properties by their Kafka names; they win over {@link LightweightBroker}
 * @param membership which node of a cluster it is; null: the only broker of its own
 */
public record BrokerSettings(
        Path dataDirectory,
        int port,
        Map<String, String> overrides,
        @Nullable Membership membership) {

    /** Any free port. */
    public static final int FREE_PORT = 0;

    /** Checks the port and takes its own copy of the overrides. */
    public BrokerSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("broker port is " + port
                    + ": TCP ports go from 1 to 65535. Set one of them, or 0 for any free port.");
        }
        overrides = Map.copyOf(overrides);
    }

    /** A broker that is alone. */
    public BrokerSettings(Path dataDirectory, int port, Map<String, String> overrides) {
        this(dataDirectory, port, overrides, null);
    }

    /** A broker with its data in {@code dataDirectory}, on any free port. */
    public static BrokerSettings in(Path dataDirectory) {
        return new BrokerSettings(dataDirectory, FREE_PORT, Map.of());
    }

    /** The same on {@code newPort}; 0 for any free one. */
    public BrokerSettings withPort(int newPort) {
        return new BrokerSettings(dataDirectory, newPort, overrides, membership);
    }

    /** The same with one more broker property, for example {@code ("message.max.bytes", "2097152")}. */
    public BrokerSettings with(String property, String value) {
        Map<String, String> more = new LinkedHashMap<>(overrides);
        more.put(property, value);
        return new BrokerSettings(dataDirectory, port, more, membership);
    }
}
