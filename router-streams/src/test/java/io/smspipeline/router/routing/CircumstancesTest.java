package io.smspipeline.router.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.record.ProviderState;
import io.smspipeline.router.fixture.Messages;
import io.smspipeline.router.provider.ProviderView;
import io.smspipeline.router.quality.Measured;
import io.smspipeline.router.quality.Quality;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircumstancesTest {
    private static ProviderState said(String alias, boolean up, boolean throttled) {
        return ProviderState.newBuilder()
                .setAlias(alias)
                .setReplica("0")
                .setUp(up)
                .setSince(Messages.NOW.minusSeconds(60))
                .setThrottled(throttled)
                .setRate(10)
                .setWaiting(throttled ? 100 : 0)
                .setAt(Messages.NOW)
                .build();
    }

    private static List<String> words(String text) {
        return text == null ? List.of() : Stream.of(text.split(" ")).toList();
    }

    @ParameterizedTest(name = "a b c, tried {0}, away {1}, throttled {2}: {3}")
    @CsvSource({
        // tried, away , throttled, order
        "       ,      ,          , a b c",
        "       , a    ,          , b c a",
        "       , a b c,          , a b c",
        "       ,      , a        , b c a",
        "       , b    , a        , c a b",
        "a      ,      ,          , b c a",
        "a      ,      , b        , c b a",
        "a      , b    ,          , c a b",
        "a c    ,      ,          , b a c",
        "a      , b c  ,          , a b c",
    })
    void who_can_take_it_comes_first(String tried, String away, String throttled, String order) {
        List<ProviderState> said = Stream.of("a", "b", "c")
                .map(alias -> said(
                        alias, !words(away).contains(alias), words(throttled).contains(alias)))
                .toList();
        ProviderView view = ProviderView.of(said, Map.of(), ProviderView.Times.DEFAULT, Messages.NOW);

        assertThat(new Circumstances(Messages.NOW, words(tried), view, Measured.NOTHING)
                        .order(List.of("a", "b", "c"), Messages.HANDSET))
                .isEqualTo(words(order));
    }

    @ParameterizedTest(name = "a delivered {0} of {1} in {2} s, b {3} of {4} in {5} s: {6}")
    @CsvSource({
        "0   , 0   , 0 , 0   , 0   , 0 , a b",
        "900 , 1000, 5 , 990 , 1000, 5 , b a",
        "990 , 1000, 9 , 992 , 1000, 5 , b a",
        "990 , 1000, 5 , 992 , 1000, 9 , a b",
        // Who was measured badly gives way to who was not measured at all, but not for three lost messages
        "500 , 1000, 5 , 0   , 0   , 0 , b a",
        "997 , 1000, 5 , 0   , 0   , 0 , a b",
        "997 , 1000, 5 , 17  , 20  , 5 , a b",
        "930 , 1000, 5 , 20  , 20  , 5 , b a",
    })
    void the_best_quality_is_measured_in_the_country_of_the_recipient(
            long ofA, long allOfA, long latencyOfA, long ofB, long allOfB, long latencyOfB, String order) {
        Map<String, Quality> measured = Map.of(
                "a GB", new Quality(ofA, allOfA - ofA, Duration.ofSeconds(latencyOfA)),
                "b GB", new Quality(ofB, allOfB - ofB, Duration.ofSeconds(latencyOfB)),
                "a US", new Quality(0, 1000, Duration.ofSeconds(1)));

        assertThat(new Candidates.BestQuality(List.of("a", "b"))
                        .inOrder(
                                new MessageFacts(Messages.message("m1"), Messages.NOW),
                                (alias, country) -> measured.getOrDefault(alias + " " + country, Quality.UNMEASURED)))
                .isEqualTo(words(order));
    }
}
