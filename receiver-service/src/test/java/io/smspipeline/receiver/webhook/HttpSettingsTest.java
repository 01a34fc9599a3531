package io.smspipeline.receiver.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smspipeline.settings.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HttpSettingsTest {
    private static HttpSettings read(String yaml) {
        Settings settings = Settings.parse(yaml, Map.of(), Set.of("http"));
        HttpSettings read = HttpSettings.read(settings.root().section("http"));
        settings.faults().throwIfAny();
        return read;
    }

    @Test
    void it_listens_on_this_machine_alone_unless_told_otherwise() {
        HttpSettings settings = read("{}");

        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8085);
        assertThat(settings.path()).isEqualTo("hooks");
        assertThat(settings.trustedProxies()).isEmpty();
    }

    @Test
    void slashes_around_the_path_and_behind_the_address_do_not_matter() {
        HttpSettings settings = read("http: {path: /a/b/, public-url: \"https://sms.example.com/\"}");

        assertThat(settings.path()).isEqualTo("a/b");
        assertThat(settings.publicUrl()).contains("https://sms.example.com");
    }

    @Test
    void ranges_of_addresses_hold_their_addresses() throws UnknownHostException {
        AddressRange range = AddressRange.parse("10.1.0.0/12");

        assertThat(range.contains(InetAddress.getByName("10.15.255.255"))).isTrue();
        assertThat(range.contains(InetAddress.getByName("10.16.0.0"))).isFalse();
        assertThat(range.contains(InetAddress.getByName("::1"))).isFalse();
        assertThat(AddressRange.parse("fd00::/8").contains(InetAddress.getByName("fdab::1")))
                .isTrue();
        assertThat(AddressRange.parse("::1").contains(InetAddress.getByName("::1")))
                .isTrue();
    }

    @Test
    void faults_are_told_with_their_keys() {
        assertThatThrownBy(
                        () -> read("http: {port: 70000, path: \"a b\", trusted-proxies: [proxy.example, 10.0.0.0/40]}"))
                .hasMessageContaining("http.port")
                .hasMessageContaining("http.path")
                .hasMessageContaining("proxy.example")
                .hasMessageContaining("10.0.0.0/40");
    }
}
