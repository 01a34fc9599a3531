package io.smspipeline.localkafka.broker;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A broker as a process: {@code --data D [--port N] [--set property=value …] [--member clusterId,nodeId,1=port,2=port,…]
 * [--while-stdin-is-open]}. Prints {@code ready 127.0.0.1:port} on stdout, and nothing else, when it serves clients; shuts
 * down in order on SIGTERM. With {@code --member} it is one of a cluster, whose majority must be starting too. With the last
 * option it also ends when its stdin does, so that it never outlives who started it.
 *
 * <p>Exit codes: 1 when the broker does not start, 2 for wrong use.
 */
public final class LocalBrokerMain {

    static final String READY = "ready ";
    static final String MEMBER = "--member";
    static final String WHILE_STDIN_IS_OPEN = "--while-stdin-is-open";

    private LocalBrokerMain() {}

    /** Runs until the process is ended. */
    public static void main(String[] args) throws IOException {
        PrintStream stdout = System.out;
        // Whatever a library thinks worth printing: stdout is for the one line.
        System.setOut(System.err);
        BrokerSettings settings;
        try {
            settings = settings(List.of(args));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        LocalBroker broker;
        try {
            broker = LocalBroker.start(settings);
        } catch (RuntimeException e) {
            System.err.println(e.getMessage());
            System.exit(1);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "close-broker"));
        stdout.println(READY + broker.bootstrapServers());
        stdout.flush();
        if (List.of(args).contains(WHILE_STDIN_IS_OPEN)) {
            while (System.in.read() >= 0) {
                // What comes in does not matter, only that it ends.
            }
            System.exit(0);
        }
    }

    static BrokerSettings settings(List<String> args) {
        @Nullable BrokerSettings settings = null;
        int port = BrokerSettings.FREE_PORT;
        Map<String, String> overrides = new LinkedHashMap<>();
        @Nullable Membership membership = null;
        Iterator<String> words = args.iterator();
        while (words.hasNext()) {
            String option = words.next();
            try {
                switch (option) {
                    case "--data" -> settings = BrokerSettings.in(Path.of(words.next()));
                    case "--port" -> port = Integer.parseInt(words.next());
                    case "--set" -> {
                        String[] property = words.next().split("=", 2);
                        overrides.put(property[0], property[1]);
                    }
                    case MEMBER -> membership = Membership.parse(words.next());
                    case WHILE_STDIN_IS_OPEN -> {}
                    default ->
                        throw new IllegalArgumentException(option + " is no option of a broker. Use "
                                + "--data D, --port N, --set property=value, " + MEMBER
                                + " clusterId,nodeId,1=port,…, " + WHILE_STDIN_IS_OPEN + ".");
                }
            } catch (NoSuchElementException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new IllegalArgumentException(
                        "the value of " + option + " is missing or malformed. Use --data D, --port N,"
                                + " --set property=value.",
                        e);
            }
        }
        if (settings == null) {
            throw new IllegalArgumentException("--data is missing: a broker needs a directory for its data. Name one.");
        }
        return new BrokerSettings(settings.dataDirectory(), port, overrides, membership);
    }
}
