package io.smspipeline.simulator.smsc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.RawPdu;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an SMSC has beside its port: another for TLS, and a log of every PDU. */
class BesideThePortTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path directory;

    /** A key with a certificate of its own. */
    private Path keystore(String name) throws Exception {
        Path file = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
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
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).as(output).isZero();
        return file;
    }

    /** A connection that trusts this certificate and shows that one. */
    private static SSLSocket connected(int port, Path trusted, @Nullable Path shown) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(KeyStore.getInstance(trusted.toFile(), PASSWORD.toCharArray()));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(
                shown == null ? null : KeyStore.getInstance(shown.toFile(), PASSWORD.toCharArray()),
                PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    }

    private static RawPdu bound(RawEsme esme) throws IOException {
        return esme.ask(RawEsme.bind(CommandId.BIND_TRANSCEIVER, 1, 0x34));
    }

    @Test
    void the_same_smsc_speaks_plainly_and_inside_tls() throws Exception {
        Path key = keystore("smsc");
        try (SimulatedSmsc smsc =
                        SimulatedSmsc.start(SmscSettings.forTests().withTls(new TlsPort(0, key, PASSWORD, null)));
                RawEsme inside = new RawEsme(connected(smsc.tlsPort(), key, null));
                RawEsme plain = new RawEsme(smsc.port())) {
            assertThat(bound(inside).status()).isZero();
            assertThat(bound(plain).status()).isZero();

            assertThat(inside.ask(RawEsme.submit(2, "Hello", 1)).status()).isZero();

            assertThat(inside.read(CommandId.DELIVER_SM).status()).isZero();
            assertThat(smsc.figures().sessions()).isEqualTo(2);
        }
    }

    @Test
    void an_esme_must_show_a_certificate_where_one_is_demanded() throws Exception {
        Path key = keystore("smsc");
        Path esme = keystore("esme");
        TlsPort tls = new TlsPort(0, key, PASSWORD, esme);
        try (SimulatedSmsc smsc = SimulatedSmsc.start(SmscSettings.forTests().withTls(tls))) {
            assertThatThrownBy(() -> {
                        try (RawEsme stranger = new RawEsme(connected(smsc.tlsPort(), key, null))) {
                            bound(stranger);
                        }
                    })
                    .isInstanceOf(IOException.class);
            try (RawEsme known = new RawEsme(connected(smsc.tlsPort(), key, esme))) {
                assertThat(bound(known).status()).isZero();
            }
            assertThat(smsc.figures().binds()).isEqualTo(1);
        }
    }

    @Test
    void a_keystore_that_cannot_be_read_is_named_and_its_password_is_not() throws Exception {
        Path none = directory.resolve("none.p12");
        SmscSettings settings = SmscSettings.forTests().withTls(new TlsPort(0, none, PASSWORD, null));

        assertThatThrownBy(() -> SimulatedSmsc.start(settings))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("keystore " + none);
        assertThat(settings.tls().toString()).doesNotContain(PASSWORD);
    }

    @Test
    void every_pdu_of_a_session_is_logged_in_both_directions() throws Exception {
        Path file = directory.resolve("pdus.jsonl");
        try (SimulatedSmsc smsc = SimulatedSmsc.start(SmscSettings.forTests().withPduLog(file));
                RawEsme esme = new RawEsme(smsc.port())) {
            bound(esme);
            esme.ask(RawEsme.submit(2, "Hello", 1));
            RawPdu receipt = esme.read(CommandId.DELIVER_SM);
            esme.write(RawEsme.request(CommandId.DELIVER_SM_RESP, receipt.sequence(), out -> out.cString("")));
            esme.ask(io.smspipeline.simulator.smsc.wire.Pdus.header(CommandId.UNBIND, 0, 3));
        }

        List<String> told = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode pdu = new ObjectMapper().readTree(line);
            told.add(pdu.get("direction").asText() + " " + pdu.get("command").asText());
        }
        assertThat(told)
                .containsExactly(
                        "in bind_transceiver",
                        "out bind_transceiver_resp",
                        "in submit_sm",
                        "out submit_sm_resp",
                        "out deliver_sm",
                        "in deliver_sm_resp",
                        "in unbind",
                        "out unbind_resp");
    }
}
