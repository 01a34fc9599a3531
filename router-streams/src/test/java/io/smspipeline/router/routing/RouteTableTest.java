package io.smspipeline.router.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import io.smspipeline.router.fixture.Messages;
import io.smspipeline.router.provider.ProviderView;
import io.smspipeline.router.quality.Measured;
import io.smspipeline.settings.Faults;
import io.smspipeline.settings.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {
    private static final String PROVIDERS = """
            providers:
              - {alias: primary, type: smpp, host: 127.0.0.1}
              - {alias: us, type: twilio}
              - {alias: eu, type: vonage}
            """;

    private static final String ROUTES = PROVIDERS + """
            routes:
              - {name: otp, when: {label.type: otp}, to: [primary, us]}
              - {name: stop, when: {label.type: [spam, junk]}, reject: unwanted}
              - {name: urgent uk, when: {to-prefix: "+44", priority: high}, to: eu}
              - {name: shop, when: {sender: [MyShop, "12345"]}, to: us}
              - {name: america, when: {to-prefix: [1, "+52"]}, to: [us, primary]}
              - {name: rest of bulk, when: {priority: low}, to: {eu: 1}}
            """;

    private static RouteTable table(String yaml) {
        Settings settings = settings(yaml);
        RoutingSettings read = RoutingSettings.read(settings.root());
        settings.faults().throwIfAny();
        return read.table();
    }

    private static Settings settings(String yaml) {
        return Settings.parse(yaml, Map.of(), Set.of("providers", "routes", "sender-ids", "prices"));
    }

    private static Faults faults(String routes) {
        Settings settings = settings(PROVIDERS + routes);
        RoutingSettings.read(settings.root());
        return settings.faults();
    }

    private static OutgoingMessage message(String to, String from, String type, Priority priority, String provider) {
        OutgoingMessage message = Messages.message("m1", to);
        message.setFrom(from);
        message.setLabels(type == null ? Map.of() : Map.of("type", type));
        message.setPriority(priority);
        message.setProvider(provider);
        return message;
    }

    private static Explanation explain(RouteTable table, OutgoingMessage message) {
        return table.explain(message, Circumstances.fresh(Messages.NOW));
    }

    private static Choice choose(RouteTable table, OutgoingMessage message, List<String> tried) {
        return table.choose(message, new Circumstances(Messages.NOW, tried, ProviderView.UNWATCHED, Measured.NOTHING));
    }

    @ParameterizedTest(name = "to {0} from {1} type {2} {3} by {4}: {5}, rule {6}")
    @CsvSource({
        // to          , from   , type , priority, provider, then            , because
        "+447700900123 ,        ,      , NORMAL  ,         , primary         ,",
        "+15550100     ,        ,      , NORMAL  ,         , us primary      , america",
        "+525512345678 ,        ,      , NORMAL  ,         , us primary      , america",
        "+15550100     ,        , otp  , NORMAL  ,         , primary us      , otp",
        "+447700900123 ,        , otp  , HIGH    ,         , primary us      , otp",
        "+447700900123 ,        ,      , HIGH    ,         , eu              , urgent uk",
        "+497700900123 ,        ,      , HIGH    ,         , primary         ,",
        "+15550100     ,        ,      , HIGH    ,         , us primary      , america",
        "+447700900123 ,        , spam , HIGH    ,         , -               , stop",
        "+447700900123 ,        , junk , NORMAL  ,         , -               , stop",
        "+447700900123 ,        , SPAM , NORMAL  ,         , primary         ,",
        "+447700900123 , MyShop ,      , NORMAL  ,         , us              , shop",
        "+447700900123 , MYSHOP ,      , NORMAL  ,         , us              , shop",
        "+447700900123 , 12345  ,      , LOW     ,         , us              , shop",
        "+447700900123 , 123456 ,      , NORMAL  ,         , primary         ,",
        "+447700900123 ,        ,      , LOW     ,         , eu              , rest of bulk",
        "+15550100     ,        ,      , LOW     ,         , us primary      , america",
        "+447700900123 ,        ,      , NORMAL  , us      , us              ,",
        "+447700900123 ,        , spam , NORMAL  , us      , -               , stop",
        "+447700900123 ,        ,      , NORMAL  , gone    , -               ,",
    })
    void decides(String to, String from, String type, Priority priority, String provider, String then, String rule) {
        OutgoingMessage message = message(to, from, type, priority, provider);

        Explanation explained = explain(table(ROUTES), message);

        assertThat(explained.candidates()).isEqualTo(then.equals("-") ? List.of() : List.of(then.split(" ")));
        assertThat(explained.rule()).isEqualTo(rule);
        assertThat(explained.rejected() != null).isEqualTo(then.equals("-"));
    }

    @Test
    void an_explanation_says_of_each_rule_whether_it_matches_and_why() {
        Explanation explained = explain(table(ROUTES), message("+15550100", "MyShop", null, Priority.LOW, null));

        assertThat(explained.rules())
                .containsExactly(
                        new Explanation.Verdict("otp", false, "label.type is not set, not 'otp'"),
                        new Explanation.Verdict("stop", false, "label.type is not set, not 'spam' or 'junk'"),
                        new Explanation.Verdict("urgent uk", false, "to does not begin with +44"),
                        new Explanation.Verdict("shop", true, "sender is 'MyShop'"),
                        new Explanation.Verdict(
                                "america", true, "to begins with +1 or +52; not asked, since 'shop' matches first"),
                        new Explanation.Verdict(
                                "rest of bulk", true, "priority is 'LOW'; not asked, since 'shop' matches first"));
    }

    @Test
    void the_choice_and_its_explanation_never_disagree() {
        long seed = System.nanoTime();
        System.err.println("RouteTableTest seed " + seed);
        Random random = new Random(seed);
        RouteTable table =
                table(ROUTES + "  - {name: split, when: {to-prefix: \"+49\"}, to: [{us: 3}, {eu: 2}, {primary: 0}]}\n");
        for (int i = 0; i < 5_000; i++) {
            OutgoingMessage message = message(
                    List.of("+44", "+1", "+49", "+52").get(random.nextInt(4)) + (1_000_000 + random.nextInt(1_000_000)),
                    random.nextBoolean()
                            ? null
                            : List.of("MyShop", "12345", "other").get(random.nextInt(3)),
                    random.nextBoolean()
                            ? null
                            : List.of("otp", "spam", "other").get(random.nextInt(3)),
                    Priority.values()[random.nextInt(3)],
                    random.nextInt(5) > 0 ? null : List.of("us", "gone").get(random.nextInt(2)));

            Explanation explained = explain(table, message);
            Choice choice = choose(table, message, List.of());

            if (choice instanceof Choice.Carried carried) {
                assertThat(explained.provider()).isEqualTo(carried.provider());
                assertThat(explained.rule()).isEqualTo(carried.rule());
                assertThat(explained
                                .candidates()
                                .subList(1, explained.candidates().size()))
                        .isEqualTo(carried.alternatives());
            } else {
                assertThat(explained.provider()).isNull();
                assertThat(explained.rejected())
                        .isEqualTo(((Choice.Uncarried) choice).failure().getReason());
            }
        }
    }

    @Test
    void weights_are_shares_of_the_recipients() {
        RouteTable table =
                table(PROVIDERS + "routes: [{name: split, when: {}, to: [{us: 90}, {primary: 10}, {eu: 0}]}]");
        Map<String, Integer> shares = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            Choice.Carried carried =
                    (Choice.Carried) choose(table, Messages.message("m" + i, "+1555" + (1_000_000 + i)), List.of());
            shares.merge(carried.provider(), 1, Integer::sum);
            assertThat(carried.alternatives()).hasSize(2).endsWith("eu");
        }

        assertThat(shares.get("us")).isBetween(17_700, 18_300);
        assertThat(shares).doesNotContainKey("eu");
    }

    @Test
    void one_recipient_keeps_its_provider_whatever_the_message() {
        RouteTable table = table(PROVIDERS + "routes: [{name: split, when: {}, to: [{us: 1}, {primary: 1}, {eu: 1}]}]");

        assertThat(choose(table, Messages.message("m1", "+15550101"), List.of()))
                .isEqualTo(choose(table, Messages.message("m2", "+15550101"), List.of()));
    }

    @Test
    void a_changed_weight_moves_only_as_many_recipients_as_it_must() {
        Candidates before = new Candidates.Weighted(new TreeMap<>(Map.of("a", 50, "b", 50)));
        Candidates after = new Candidates.Weighted(new TreeMap<>(Map.of("a", 50, "b", 50, "c", 10)));
        for (int i = 0; i < 2_000; i++) {
            String to = "+1555" + (1_000_000 + i);
            MessageFacts facts = new MessageFacts(Messages.message("m1", to), Messages.NOW);
            String now = after.inOrder(facts, Measured.NOTHING).get(0);
            assertThat(now).isIn(before.inOrder(facts, Measured.NOTHING).get(0), "c");
        }
    }

    @ParameterizedTest(name = "tried {0}: {1}")
    @CsvSource({
        "''              , primary us",
        "primary         , us primary",
        "us              , primary us",
        "primary us      , primary us",
        "us primary      , us primary",
        "primary us primary, us primary",
        "gone            , primary us",
    })
    void who_had_it_comes_last(String tried, String order) {
        List<String> had = tried.isBlank() ? List.of() : List.of(tried.strip().split(" "));

        Choice.Carried carried = (Choice.Carried)
                choose(table(ROUTES), message("+447700900123", null, "otp", Priority.NORMAL, null), had);

        List<String> all = new ArrayList<>(List.of(carried.provider()));
        all.addAll(carried.alternatives());
        assertThat(all).containsExactly(order.split(" "));
    }

    @Test
    void every_fault_of_a_table_is_reported_under_its_full_key() {
        Faults faults = faults("""
                routes:
                  - {name: a, when: {label.type: otp}, to: [x, primary]}
                  - {name: a, when: {}, to: [{us: 0}, {eu: 0}]}
                  - {name: late, when: {to-prefix: "44x"}, to: primary, reject: both}
                  - {name: mixed, when: {priority: urgent}, to: [{us: 1}, eu]}
                  - {name: nothing, when: {to-prefix: "+1"}}
                  - {name: bad weight, when: {sender: A}, to: [{us: many}, {us: 2}]}
                  - {to: primary}
                  - {name: typo, when: {to-prefx: "+1"}, to: primary}
                  - {name: times, when: {time: "25:00-26:00", day: someday, zone: Mars/Olympus}, to: primary}
                  - {name: places, when: {country: [GB, XX], number-type: satellite}, to: primary}
                  - {name: sizes, when: {parts: [3-1, few], encoding: morse}, to: primary}
                  - {name: labelless, when: {label.type: []}, to: primary}
                  - {name: cheap, when: {sender: B}, to: [us, eu], strategy: cheapest}
                  - {name: best, when: {sender: C}, to: [{us: 1}, {eu: 2}], strategy: best-quality}
                  - {name: shares, when: {sender: D}, to: [us, eu], strategy: weighted, sticky: false}
                  - {name: changes, when: {sender: E}, to: us, set: {from: ANameThatIsTooLong, valid-for: 10d, priority: urgent}}
                  - {name: silent, when: {sender: F}, to: us, quiet-hours: {time: ["00:00-12:00", "12:00-24:00"]}}
                  - {name: no, when: {sender: G}, reject: never, set: {from: "1"}}
                sender-ids:
                  - {country: [US, XY], alphanumeric: false, instead: "12345", reject: both}
                  - {country: US, alphanumeric: true}
                  - {country: FR}
                prices:
                  us: {"+1": -1, "44": 0.1, "+44": 0.2, "+0": 1}
                  gone: {"+": 1}
                """);

        List<String> all = faults.all().stream().map(Object::toString).toList();
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("routes[0].to[0]: unknown provider 'x'"));
        assertThat(all)
                .anySatisfy(f -> assertThat(f).startsWith("routes[1].name: 'a' is already the name of routes[0]"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("routes[1].to: has weights that sum to 0"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("routes[2]: is never reached: a before it"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("routes[2].when.to-prefix: '44x'"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("routes[2].reject: stands beside to"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("routes[3].when.priority: 'urgent'"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("routes[3].to: gives some providers a weight"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("routes[4].to: is missing"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("routes[5].to[0]: 'many' is no weight"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("routes[5].to[1]: 'us' is named twice"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("routes[6].when: is missing"));
        assertThat(all)
                .anySatisfy(f -> assertThat(f)
                        .startsWith("routes[7].when.to-prefx: is not a known key; did you mean to-prefix?"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("routes[8].when.time: '25:00-26:00' is no time"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("routes[8].when.day: 'someday' is no day"));
        assertThat(all)
                .anySatisfy(f -> assertThat(f).startsWith("routes[8].when.zone: 'Mars/Olympus' is no time zone"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("routes[9].when.country: 'XX' is no country"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("routes[9].when.number-type: 'satellite' is no kind"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("routes[10].when.parts: '3-1' is no number of parts"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("routes[10].when.parts: 'few' is no number of parts"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("routes[10].when.encoding: 'morse' is no encoding"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("routes[11].when.label.type: has no value"));
        assertThat(all)
                .anySatisfy(f -> assertThat(f).startsWith("routes[12].strategy: is cheapest, and eu has no prices"));
        assertThat(all)
                .anySatisfy(f -> assertThat(f).startsWith("routes[13].strategy: leaves no room for the weights"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("routes[14].strategy: is weighted, and no weights"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("routes[14].sticky: is said of candidates without"));
        assertThat(all)
                .anySatisfy(f -> assertThat(f).startsWith("routes[15].set.from: 'ANameThatIsTooLong' is no sender id"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("routes[15].set.valid-for: 10d is not between"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("routes[15].set.priority: urgent is not one of"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("routes[16].quiet-hours: never end"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("routes[17].reject: stands beside set"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("sender-ids[0].country: 'XY' is no country"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("sender-ids[0].reject: stands beside instead"));
        assertThat(all)
                .anySatisfy(f -> assertThat(f).startsWith("sender-ids[1].country: US is named in sender-ids[0]"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("sender-ids[2].alphanumeric: is missing"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("prices.us.+1: -1"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("prices.us.+44: is there twice"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("prices.us.+0: '+0' is not how a number"));
        assertThat(all).anySatisfy(f -> assertThat(f).startsWith("prices.gone: is no configured provider"));
    }

    @ParameterizedTest(name = "{0} before {1}: reached {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{label.type: otp}               | {label.type: otp}                            | false",
                "{label.type: [otp, code]}       | {label.type: otp, priority: high}            | false",
                "{label.type: otp}               | {label.type: [otp, code]}                    | true",
                "{to-prefix: \"+4\"}             | {to-prefix: [\"+44\", \"+49\"]}              | false",
                "{to-prefix: \"+44\"}            | {to-prefix: [\"+44\", \"+49\"]}              | true",
                "{to-prefix: \"+44\"}            | {country: GB}                                | true",
                "{country: [GB, DE]}             | {country: DE, parts: 1}                      | false",
                "{sender: MyShop}                | {sender: MYSHOP}                             | false",
                "{parts: 2+}                     | {parts: [2-3, 5]}                            | false",
                "{parts: 2-3}                    | {parts: 2+}                                  | true",
                "{time: \"08:00-20:00\"}         | {time: \"08:00-20:00\", country: GB}         | false",
                "{time: \"08:00-20:00\"}         | {time: \"09:00-10:00\"}                      | true",
                "{time: \"08:00-20:00\"}         | {time: \"08:00-20:00\", zone: Europe/Berlin} | true",
                "{number-type: [mobile, voip]}   | {number-type: voip}                          | false",
                "{label.type: otp, country: GB}  | {label.type: otp}                            | true",
            })
    void a_rule_that_an_earlier_one_leaves_nothing_for_is_a_fault(String first, String second, boolean reached) {
        Faults faults = faults(
                "routes: [{name: a, when: " + first + ", to: us}, {name: b, when: " + second + ", to: primary}]");

        assertThat(faults.all().stream().map(Object::toString))
                .isEqualTo(
                        reached
                                ? List.of()
                                : List.of("routes[1]: is never reached: a before it matches every message that it does;"
                                        + " move it up or remove it"));
    }

    @Test
    void no_provider_at_all_is_a_fault() {
        Settings settings = settings("routes: []");

        RoutingSettings.read(settings.root());

        assertThat(settings.faults().report().toLowerCase(Locale.ROOT)).contains("providers: names nobody");
    }

    @Test
    void without_routes_the_first_provider_carries_everything() {
        assertThat(explain(table(PROVIDERS), Messages.message("m1")).candidates())
                .containsExactly("primary");
    }
}
