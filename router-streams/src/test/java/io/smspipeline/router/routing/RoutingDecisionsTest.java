package io.smspipeline.router.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.record.BinaryContent;
import io.smspipeline.record.Encoding;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import io.smspipeline.record.TextContent;
import io.smspipeline.router.fixture.Messages;
import io.smspipeline.settings.Settings;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a table with one rule of each kind decides. */
class RoutingDecisionsTest {
    static final String TABLE = """
            providers:
              - {alias: primary, type: smpp}
              - {alias: us, type: twilio, from: "+12025550199"}
              - {alias: eu, type: vonage}
            routes:
              - {name: spam, when: {label.type: [spam, junk]}, reject: we do not send this}
              - {name: otp, when: {label.type: otp}, to: [primary, us], set: {priority: high, valid-for: 5m, status-report: all}}
              - {name: premium, when: {number-type: [premium-rate, shared-cost]}, reject: it costs the recipient money}
              - {name: fixed, when: {number-type: fixed-line, country: [GB, DE, FR]}, to: eu}
              - {name: alarms by night, when: {label.module: alarm, time: "22:00-06:00", zone: Europe/Berlin}, to: us}
              - {name: weekend, when: {label.module: alarm, day: sat-sun, zone: Europe/Berlin}, to: eu}
              - {name: alarms, when: {label.module: alarm}, to: [primary, eu]}
              - name: marketing
                when: {label.module: marketing, country: [DE, AT, CH]}
                to: eu
                quiet-hours: {time: "20:00-08:00", zone: Europe/Berlin}
                set: {from: Offers, params: {campaign: winter}, transliteration: where-it-fits}
              - {name: campaign, when: {submission: [c1, c2]}, to: {us: 1}}
              - {name: acme, when: {tenant: acme}, to: [eu, us]}
              - {name: long, when: {parts: 3+, country: US}, to: primary}
              - {name: medium, when: {parts: 2, country: US}, to: [primary, us]}
              - {name: unicode, when: {encoding: ucs2}, to: eu}
              - {name: wap, when: {encoding: binary}, to: primary}
              - {name: shop, when: {sender: [MyShop, "12345"]}, to: us}
              - {name: america, when: {country: [US, CA]}, to: [us, eu, primary], strategy: cheapest}
              - {name: austria, when: {to-prefix: "+43"}, to: [us, primary, eu], strategy: best-quality}
              - {name: bulk, when: {priority: low}, to: eu}
            sender-ids:
              - {country: [US, CA], alphanumeric: false, instead: "+12025550100"}
              - {country: FR, alphanumeric: false}
              - {country: IN, alphanumeric: false, reject: register the name first}
            prices:
              us: {"+1": 0.008, "+1416": 0.02, "+": 0.05}
              eu: {"+1": 0.012, "+": 0.04}
              primary: {"+44": 0.03}
            """;

    static RoutingSettings settings() {
        Settings settings = Settings.parse(TABLE, Map.of(), Set.of("providers", "routes", "sender-ids", "prices"));
        RoutingSettings read = RoutingSettings.read(settings.root());
        settings.faults().throwIfAny();
        return read;
    }

    private final RouteTable table = settings().table();

    @ParameterizedTest(name = "{0} → {1} ({2}) {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                // a message                                                | carried by       | rule            | and
                // Who carries what no rule speaks of, and what names its provider
                "to +447700900123                                           | primary          |                 |",
                "to +8613912345678                                          | primary          |                 |",
                "to +447700900123, provider us                              | us               |                 |",
                "to +447700900123, provider gone                            | -                |                 | asks for provider 'gone'",
                // What names its provider is subject to rules in everything else
                "to +447700900123, provider us, label.type spam             | -                | spam            | we do not send this",
                "to +447700900123, provider eu, label.type otp              | eu               | otp             | priority=high",
                "to +4915123456789, provider us, label.module marketing     | us               | marketing       | from=Offers",
                "to +4915123456789, provider us, label.module marketing, at 2026-11-21T19:00:00Z | us | marketing | until 2026-11-22T07:00:00Z",
                "to +12015550123, provider primary, from MyShop             | primary          | shop            | from=+12025550100",
                // Labels
                "to +447700900123, label.type spam                          | -                | spam            | we do not send this",
                "to +447700900123, label.type junk                          | -                | spam            | we do not send this",
                "to +447700900123, label.type SPAM                          | primary          |                 |",
                "to +447700900123, label.other spam                         | primary          |                 |",
                "to +447700900123, label.type otp                           | primary us       | otp             | priority=high",
                "to +447700900123, label.type otp                           | primary us       | otp             | valid-for=PT5M",
                "to +447700900123, label.type otp                           | primary us       | otp             | status-report=all",
                "to +12015550123, label.type otp, from MyShop               | primary us       | otp             | from=+12025550100",
                // Kinds of numbers
                "to +449098790123                                           | -                | premium         | costs the recipient",
                "to +442079460123                                           | eu               | fixed           |",
                "to +4930123456                                             | eu               | fixed           |",
                "to +4915123456789                                          | primary          |                 |",
                "to +390612345678                                           | primary          |                 |",
                // Times of the day, over midnight, and days; Berlin is an hour ahead of UTC in winter
                "to +4915123456789, label.module alarm, at 2026-11-20T20:59:59Z | primary eu   | alarms          |",
                "to +4915123456789, label.module alarm, at 2026-11-20T21:00:00Z | us           | alarms by night |",
                "to +4915123456789, label.module alarm, at 2026-11-21T04:59:59Z | us           | alarms by night |",
                "to +4915123456789, label.module alarm, at 2026-11-21T05:00:00Z | eu           | weekend         |",
                "to +4915123456789, label.module alarm, at 2026-11-22T20:00:00Z | eu           | weekend         |",
                "to +4915123456789, label.module alarm, at 2026-11-23T05:00:00Z | primary eu   | alarms          |",
                // Quiet hours hold, and the rule says what is set
                "to +4915123456789, label.module marketing                  | eu               | marketing       | from=Offers",
                "to +4915123456789, label.module marketing                  | eu               | marketing       | params.campaign=winter",
                "to +4915123456789, label.module marketing                  | eu               | marketing       | params.transliteration=where-it-fits",
                "to +4915123456789, label.module marketing, at 2026-11-21T19:00:00Z | eu       | marketing       | until 2026-11-22T07:00:00Z",
                "to +4366412345678, label.module marketing, at 2026-11-22T06:59:59Z | eu       | marketing       | until 2026-11-22T07:00:00Z",
                "to +4366412345678, label.module marketing, at 2026-11-22T07:00:00Z | eu       | marketing       | until -",
                "to +447700900123, label.module marketing, at 2026-11-21T19:00:00Z | primary   |                 | until -",
                // Submissions and tenants
                "to +447700900123, submission c2                            | us               | campaign        |",
                "to +447700900123, submission c3                            | primary          |                 |",
                "to +447700900123, tenant acme                              | eu us            | acme            |",
                // Size and alphabet
                "to +12015550123, length 306                                | primary us       | medium          |",
                "to +12015550123, length 307                                | primary          | long            |",
                "to +12015550123, length 160                                | us eu primary    | america         |",
                "to +447700900123, text Привет                              | eu               | unicode         |",
                "to +447700900123, text Grüße                               | primary          |                 |",
                "to +447700900123, text Grüße, encoding ucs2                | eu               | unicode         |",
                "to +447700900123, binary 0605040B8423F0                    | primary          | wap             |",
                // Senders, in any case, and what a country makes of names
                "to +447700900123, from MyShop                              | us               | shop            | from -",
                "to +447700900123, from MYSHOP                              | us               | shop            |",
                "to +447700900123, from 12345                               | us               | shop            |",
                "to +447700900123, from 123456                              | primary          |                 |",
                "to +12015550123, from MyShop                               | us               | shop            | from=+12025550100",
                "to +12015550123, from 12345                                | us               | shop            | from -",
                "to +33612345678, from Boutique                             | primary          |                 | from=the provider's default",
                "to +919876543210, from Bazaar                              | -                |                 | IN takes no sender of letters such as 'Bazaar': register",
                "to +919876543210, from +919876500000                       | primary          |                 |",
                // Prices by the longest prefix, and quality while nothing is measured
                "to +12015550123                                            | us eu primary    | america         |",
                "to +14165550123                                            | eu us primary    | america         |",
                "to +14165550123, priority low                              | eu us primary    | america         |",
                "to +4366412345678                                          | us primary eu    | austria         |",
                "to +447700900123, priority low                             | eu               | bulk            |",
                "to +447700900123, priority high                            | primary          |                 |",
            })
    void decides(String said, String carriedBy, String rule, String and) {
        Instant now = Messages.NOW;
        OutgoingMessage message = Messages.message("m1");
        for (String each : said.split(", ")) {
            String[] words = each.split(" ", 2);
            if (words[0].equals("at")) {
                now = Instant.parse(words[1]);
            } else {
                set(message, words[0], words[1]);
            }
        }

        Explanation explained = table.explain(message, Circumstances.fresh(now));

        assertThat(explained.candidates()).isEqualTo(carriedBy.equals("-") ? List.of() : List.of(carriedBy.split(" ")));
        assertThat(explained.rule()).isEqualTo(rule);
        if (carriedBy.equals("-")) {
            assertThat(explained.rejected()).contains(and);
        } else if (and != null && and.startsWith("until ")) {
            assertThat(String.valueOf(explained.heldUntil()))
                    .isEqualTo(and.endsWith("-") ? "null" : and.substring("until ".length()));
        } else if (and != null && and.endsWith(" -")) {
            assertThat(explained.set()).doesNotContainKey(and.split(" ")[0]);
        } else if (and != null) {
            assertThat(explained.set()).containsEntry(and.split("=")[0], and.split("=")[1]);
        }
    }

    private static void set(OutgoingMessage message, String key, String value) {
        if (key.startsWith("label.")) {
            Map<String, String> labels = new HashMap<>(message.getLabels());
            labels.put(key.substring("label.".length()), value);
            message.setLabels(labels);
            return;
        }
        switch (key) {
            case "to" -> message.setTo(value);
            case "from" -> message.setFrom(value);
            case "provider" -> message.setProvider(value);
            case "submission" -> message.setSubmissionId(value);
            case "tenant" -> message.setTenant(value);
            case "priority" -> message.setPriority(Priority.valueOf(value.toUpperCase(Locale.ROOT)));
            case "encoding" -> message.setEncoding(Encoding.valueOf(value.toUpperCase(Locale.ROOT)));
            case "text" -> message.setContent(new TextContent(value));
            case "length" -> message.setContent(new TextContent("a".repeat(Integer.parseInt(value))));
            case "binary" ->
                message.setContent(new BinaryContent(
                        ByteBuffer.wrap(java.util.HexFormat.of().parseHex(value)), null, null, null));
            default -> throw new IllegalArgumentException("no such property of a message: " + key);
        }
    }
}
