package io.smspipeline.localkafka.env;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether a container engine answers: {@code GET /_ping} of Docker's engine interface, at the addresses where
 * engines listen. Testcontainers would find out too, but takes seconds and prints its attempts with their stack traces.
 */
final class ContainerEngine {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private ContainerEngine() {}

    /** The first address at which an engine answers within a second; empty when none does. */
    static Optional<String> find() {
        return find(addresses(System.getenv(), System.getProperty("user.home", "")));
    }

    static Optional<String> find(List<String> addresses) {
        return addresses.stream().filter(ContainerEngine::answers).findFirst();
    }

    /** DOCKER_HOST alone when it is set: who sets it means that engine and no other. */
    static List<String> addresses(Map<String, String> environment, String home) {
        @Nullable String host = environment.get("DOCKER_HOST");
        if (host != null && !host.isEmpty()) {
            return List.of(host);
        }
        List<String> addresses = new ArrayList<>();
        addresses.add("unix:///var/run/docker.sock");
        @Nullable String runtime = environment.get("XDG_RUNTIME_DIR");
        if (runtime != null && !runtime.isEmpty()) {
            addresses.add("unix://" + runtime + "/docker.sock");
        }
        addresses.add("unix://" + home + "/.docker/run/docker.sock");
        addresses.add("unix://" + home + "/.docker/desktop/docker.sock");
        return addresses;
    }

    private static boolean answers(String address) {
        try {
            URI uri = URI.create(address);
            return switch (String.valueOf(uri.getScheme())) {
                case "unix" ->
                    Files.exists(Path.of(uri.getPath()))
                            && ping(
                                    SocketChannel.open(StandardProtocolFamily.UNIX),
                                    UnixDomainSocketAddress.of(uri.getPath()));
                case "tcp", "http" -> ping(SocketChannel.open(), new InetSocketAddress(uri.getHost(), uri.getPort()));
                default -> false;
            };
        } catch (IOException | RuntimeException nobodyThere) {
            return false;
        }
    }

    private static boolean ping(SocketChannel channel, SocketAddress address) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (channel;
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            if (!channel.connect(address)) {
                await(selector, deadline);
                if (!channel.finishConnect()) {
                    return false;
                }
            }
            ByteBuffer question = ByteBuffer.wrap(
                    "GET /_ping HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (question.hasRemaining()) {
                channel.write(question);
            }
            key.interestOps(SelectionKey.OP_READ);
            return statusLine(channel, selector, deadline).matches("HTTP/1\\.[01] 200\\b.*");
        }
    }

    private static String statusLine(SocketChannel channel, Selector selector, long deadline) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(512);
        while (answer.hasRemaining()) {
            await(selector, deadline);
            if (channel.read(answer) <= 0) {
                break;
            }
            String text = new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
            int end = text.indexOf("\r\n");
            if (end >= 0) {
                return text.substring(0, end);
            }
        }
        return "";
    }

    private static void await(Selector selector, long deadline) throws IOException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left > 0) {
            selector.select(left);
            selector.selectedKeys().clear();
        }
    }
}
