package io.smspipeline.provider.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.provider.Provider;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.contract.Feeder;
import io.smspipeline.provider.contract.Messages;
import io.smspipeline.provider.contract.RecordingSink;
import io.smspipeline.simulator.smsc.SimulatedSmsc;
import io.smspipeline.simulator.smsc.SmscSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SMPP over TLS, through a relay that speaks it before the simulated SMSC. */
class SmppTlsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    private SimulatedSmsc smsc;
    private SSLServerSocket relay;
    private Path store;
    private final List<Socket> links = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws Exception {
        smsc = SimulatedSmsc.start(SmscSettings.forTests());
        store = selfSigned("server", "dns:localhost");
        relay = listen(0, store, null);
    }

    @AfterEach
    void stop() throws IOException {
        relay.close();
        smsc.close();
    }

    /**
     * Speaks TLS before the SMSC.
     *
     * @param own its certificate
     * @param clients whom it demands a certificate of; null for nobody
     */
    private SSLServerSocket listen(int port, Path own, @Nullable Path clients) throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(load(own), PASSWORD.toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(load(clients == null ? own : clients));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trusted.getTrustManagers(), null);
        SSLServerSocket server =
                (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server.setNeedClientAuth(clients != null);
        daemon(() -> accept(server));
        return server;
    }

    private static KeyStore load(Path file) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    /** A key pair whose certificate names this host alone, in a store that also serves to trust it. */
    private Path selfSigned(String name, String host) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=" + host,
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).as(output).isZero();
        return file;
    }

    private void accept(SSLServerSocket server) {
        try {
            while (true) {
                Socket outer = server.accept();
                links.add(outer);
                Socket inner = new Socket(InetAddress.getLoopbackAddress(), smsc.port());
                daemon(() -> pump(outer, inner));
                daemon(() -> pump(inner, outer));
            }
        } catch (IOException e) {
            assertThat(server.isClosed()).isTrue();
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // The other direction has closed both, or a handshake failed.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "tls-relay");
        thread.setDaemon(true);
        thread.start();
    }

    private Provider open(String host, Path truststore) {
        return open(host, truststore, "");
    }

    private Provider open(String host, Path truststore, String more) {
        return SmppTestAccount.at(
                        relay.getLocalPort(),
                        host,
                        "rebind: {initial: 50ms, max: 200ms}",
                        "tls: {enabled: true, truststore: " + truststore + ", truststore-password: " + PASSWORD + more
                                + "}")
                .open(SmppTestAccount.wiring(new RecordingSink()));
    }

    private static String keystore(Path file) {
        return ", keystore: " + file + ", keystore-password: " + PASSWORD;
    }

    private static void assertAccepts(Provider provider) throws Exception {
        assertThat(new Feeder(provider)
                        .send(Messages.text("m1", "Hello"))
                        .get(0)
                        .get(SOON.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(SendOutcome.Accepted.class);
    }

    @Test
    void a_message_is_accepted_over_tls() throws Exception {
        try (Provider provider = open("host: localhost", store)) {
            SendOutcome outcome = new Feeder(provider)
                    .send(Messages.text("m1", "Hello"))
                    .get(0)
                    .get(SOON.toSeconds(), TimeUnit.SECONDS);

            assertThat(outcome).isInstanceOf(SendOutcome.Accepted.class);
        }
    }

    @Test
    void a_certificate_that_names_another_host_is_not_trusted() {
        try (Provider provider = open("host: 127.0.0.1", store)) {
            await().atMost(SOON).until(() -> provider.availability().reason().contains("subject alternative names"));

            assertThat(provider.availability().up()).isFalse();
            assertThat(smsc.figures().binds()).isZero();
        }
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_not_trusted() throws Exception {
        try (Provider provider = open("host: localhost", selfSigned("stranger", "dns:localhost"))) {
            await().atMost(SOON)
                    .until(() -> provider.availability().reason().contains("unable to find valid certification path"));

            assertThat(smsc.figures().binds()).isZero();
        }
    }

    @Test
    void an_smsc_that_demands_a_certificate_of_ours_gets_it() throws Exception {
        Path client = selfSigned("client", "dns:esme.example");
        relay.close();
        relay = listen(0, store, client);

        try (Provider provider = open("host: localhost", store, keystore(client))) {
            assertAccepts(provider);
        }
    }

    @Test
    void without_the_certificate_it_demands_the_smsc_is_not_bound() throws Exception {
        relay.close();
        relay = listen(0, store, selfSigned("client", "dns:esme.example"));

        try (Provider provider = open("host: localhost", store)) {
            await().atMost(SOON).until(() -> !provider.availability().reason().contains("connecting"));

            assertThat(provider.availability().up()).isFalse();
            assertThat(smsc.figures().binds()).isZero();
        }
    }

    @Test
    void certificates_that_were_rotated_in_their_files_count_at_the_next_connection_without_a_restart()
            throws Exception {
        Path trust = Files.copy(store, folder.resolve("trust.p12"));
        Path own = Files.copy(selfSigned("client", "dns:esme.example"), folder.resolve("own.p12"));
        relay.close();
        relay = listen(0, store, own);
        int port = relay.getLocalPort();
        try (Provider provider = open("host: localhost", trust, keystore(own))) {
            assertAccepts(provider);
            Path newServer = selfSigned("server2", "dns:localhost");
            Path newClient = selfSigned("client2", "dns:esme.example");
            relay.close();
            relay = listen(port, newServer, newClient);
            for (Socket link : links) {
                link.close();
            }
            await().atMost(SOON)
                    .until(() -> provider.availability().reason().contains("unable to find valid certification path"));

            Files.copy(newServer, trust, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(newClient, own, StandardCopyOption.REPLACE_EXISTING);

            assertAccepts(provider);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void both_versions_that_are_safe_are_spoken(String version) throws Exception {
        relay.setEnabledProtocols(new String[] {version});

        try (Provider provider = open("host: localhost", store)) {
            assertAccepts(provider);
        }
    }
}
