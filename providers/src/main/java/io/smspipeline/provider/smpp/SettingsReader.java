package io.smspipeline.provider.smpp;

import io.smspipeline.provider.smpp.inbound.ReceiptErrors;
import io.smspipeline.provider.smpp.session.Dialer;
import io.smspipeline.provider.smpp.session.Login;
import io.smspipeline.provider.smpp.session.SessionTiming;
import io.smspipeline.provider.smpp.submit.StatusTable;
import io.smspipeline.provider.smpp.submit.SubmitRules;
import io.smspipeline.schemas.providerid.IdRule;
import io.smspipeline.settings.Secret;
import io.smspipeline.settings.Section;
import io.smspipeline.settings.Value;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads an element of {@code providers} with {@code type: smpp}. Faults are recorded, never thrown. */
final class SettingsReader {
    private static final int DEFAULT_PORT = 2775;
    private static final int V33 = 0x33;
    private static final int V34 = 0x34;
    private static final Map<String, Integer> VERSIONS =
            Map.of("3.3", V33, "0x33", V33, "3.4", V34, "0x34", V34, "5.0", 0x50, "0x50", 0x50);

    /** Octets without the NUL, SMPP 3.4 §4.1. */
    private static final int SYSTEM_ID = 15;

    private static final int PASSWORD = 8;
    private static final int SYSTEM_TYPE = 12;
    private static final int ADDRESS_RANGE = 40;

    private static final Duration INSTANT = Duration.ofMillis(1);

    private SettingsReader() {}

    static SmppSettings read(String alias, Section s) {
        List<Host> hosts = hosts(s);
        Secret password = password(s);
        Login login = login(s, hosts.get(0), password);
        BindMode mode = s.choice("bind", BindMode.class).orElse(BindMode.SEPARATE);
        int binds = s.integer("binds").between(1, 64).orElse(1);
        int window = s.integer("window").between(1, 10_000).orElse(10);
        double rate = s.decimal("parts-per-second").atLeast(0.0).orElse(0.0);
        Integer unrecorded =
                s.integer("max-unrecorded").atLeast(binds * window).optional().orElse(null);
        Duration patience = s.duration("patience").atLeast(Duration.ZERO).orElse(Duration.ofSeconds(3));
        SessionTiming timing = new SessionTiming(
                s.duration("response-timeout").atLeast(INSTANT).orElse(Duration.ofSeconds(10)),
                s.duration("enquire-link").atLeast(INSTANT).orElse(Duration.ofSeconds(30)));
        Duration connect = s.duration("connect-timeout")
                .between(INSTANT, Duration.ofMinutes(10))
                .orElse(Duration.ofSeconds(10));
        IdRule ids = s.choice("message-id-format", IdRule.class).orElse(IdRule.SAME);
        SubmitRules rules = SubmitRules.read(s, login.interfaceVersion() >= V34);
        int unconfirmed = s.integer("max-unconfirmed").atLeast(1).orElse(2_000);
        return new SmppSettings(
                login,
                s.source("password", password),
                hosts,
                s.duration("first-host-check").atLeast(INSTANT).orElse(Duration.ofSeconds(60)),
                mode,
                binds,
                window,
                rate,
                unrecorded,
                patience,
                timing,
                rebind(s.section("rebind")),
                ids,
                StatusTable.read(s.section("status")),
                ReceiptErrors.read(alias, s.section("receipt-errors")),
                rules,
                unconfirmed,
                new Dialer(connect, Tls.read(s.section("tls"))));
    }

    /** At least one; {@code host} goes first. */
    private static List<Host> hosts(Section s) {
        int port = s.integer("port").between(1, 65_535).orElse(DEFAULT_PORT);
        Set<Host> hosts = new LinkedHashSet<>();
        if (!s.has("hosts") || s.has("host")) {
            hosts.add(new Host(s.text("host").required(), port));
        }
        if (!s.has("hosts")) {
            return List.copyOf(hosts);
        }
        for (String text : s.list("hosts").required()) {
            Host.parse(text, port)
                    .ifPresentOrElse(
                            hosts::add,
                            () -> s.fault(
                                    "hosts", text + " is no host", "write a name or address, a colon and a port"));
        }
        if (hosts.isEmpty()) {
            s.fault("hosts", "names no host", "write at least one, such as [smsc.example:2775]");
            hosts.add(new Host("", port));
        }
        return List.copyOf(hosts);
    }

    private static Secret password(Section s) {
        Secret password = s.secret("password").required();
        if (password.reveal().length() > PASSWORD) {
            s.fault(
                    "password",
                    "has more than " + PASSWORD + " characters",
                    "SMPP 3.4 carries no longer one: ask the SMSC's operator for another");
        }
        return password;
    }

    private static Login login(Section s, Host first, Secret password) {
        String version = s.text("interface-version")
                .matching(VERSIONS::containsKey, "one of 3.3, 3.4, 5.0 (or 0x33, 0x34, 0x50)")
                .orElse("3.4");
        return new Login(
                first.name(),
                first.port(),
                limited(s, "system-id", SYSTEM_ID).required(),
                password,
                limited(s, "system-type", SYSTEM_TYPE).orElse(""),
                VERSIONS.getOrDefault(version, V34),
                s.integer("addr-ton").between(0, 6).orElse(0),
                s.integer("addr-npi").between(0, 18).orElse(0),
                limited(s, "address-range", ADDRESS_RANGE).orElse(""));
    }

    private static Value<String> limited(Section s, String key, int characters) {
        return s.text(key)
                .matching(
                        text -> text.length() <= characters && text.chars().allMatch(c -> c >= ' ' && c <= '~'),
                        "at most " + characters + " ASCII characters, as SMPP 3.4 has it");
    }

    private static Rebind rebind(Section s) {
        Duration initial = s.duration("initial").atLeast(INSTANT).orElse(Duration.ofSeconds(1));
        return new Rebind(
                initial,
                s.duration("max").atLeast(initial).orElse(longer(initial, Duration.ofSeconds(60))),
                s.duration("refused").atLeast(INSTANT).orElse(Duration.ofSeconds(60)));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
