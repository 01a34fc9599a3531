package io.smspipeline.service.start;

import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** At which ports the services of a process listen: what was asked for as port 0 is known here. Safe for use by many threads. */
public final class Doors {
    private final Map<String, Integer> ports = new ConcurrentHashMap<>();

    /** @param service that listens, by its name */
    public void opened(String service, int port) {
        ports.put(service, port);
    }

    /** Empty while it does not listen. */
    public OptionalInt of(String service) {
        Integer port = ports.get(service);
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }
}
