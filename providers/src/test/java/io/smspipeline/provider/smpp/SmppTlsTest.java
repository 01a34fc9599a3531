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
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SMPP over TLS, through a relay that speaks it before the simulated SMSC. */
class SmppTlsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    private SimulatedSmsc smsc;
    private SSLServerSocket relay;
    private Path store;

    @BeforeEach
    void start() throws Exception {
        smsc = SimulatedSmsc.start(SmscSettings.forTests());
        store = selfSigned("server", "dns:localhost");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        relay = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    @AfterEach
    void stop() throws IOException {
        relay.close();
        smsc.close();
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

    private void accept() {
        try {
            while (true) {
                Socket outer = relay.accept();
                Socket inner = new Socket(InetAddress.getLoopbackAddress(), smsc.port());
                daemon(() -> pump(outer, inner));
                daemon(() -> pump(inner, outer));
            }
        } catch (IOException e) {
            assertThat(relay.isClosed()).isTrue();
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
        return SmppTestAccount.at(
                        relay.getLocalPort(),
                        host,
                        "tls: {enabled: true, truststore: " + truststore + ", truststore-password: " + PASSWORD + "}")
                .open(SmppTestAccount.wiring(new RecordingSink()));
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
}
