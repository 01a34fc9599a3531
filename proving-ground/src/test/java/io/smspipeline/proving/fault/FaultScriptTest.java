package io.smspipeline.proving.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultScriptTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void a_seed_gives_the_same_script_each_time_and_another_seed_another_one() {
        List<Fault> one = FaultScript.shuffled(1, MINUTE, Duration.ofSeconds(2));

        assertThat(FaultScript.shuffled(1, MINUTE, Duration.ofSeconds(2))).isEqualTo(one);
        assertThat(FaultScript.shuffled(2, MINUTE, Duration.ofSeconds(2))).isNotEqualTo(one);
    }

    @Test
    void every_kind_comes_before_one_comes_twice() {
        List<Fault> script =
                FaultScript.shuffled(7, Duration.ofSeconds(Fault.Kind.values().length + 1), Duration.ofSeconds(1));

        assertThat(script).extracting(Fault::kind).containsExactlyInAnyOrder(Fault.Kind.values());
    }

    @Test
    void senders_die_first_then_each_broker_then_router_and_receiver() {
        List<Fault> script = FaultScript.inTurn(Duration.ofMinutes(10), Duration.ofSeconds(30));

        assertThat(script.subList(0, 12)).extracting(Fault::kind).containsOnly(Fault.Kind.SENDER_KILLED);
        assertThat(script.subList(12, script.size()))
                .extracting(Fault::kind)
                .containsExactly(
                        Fault.Kind.BROKER_KILLED,
                        Fault.Kind.BROKER_KILLED,
                        Fault.Kind.BROKER_KILLED,
                        Fault.Kind.ROUTER_KILLED,
                        Fault.Kind.RECEIVER_KILLED);
        assertThat(script.subList(12, 15)).extracting(Fault::which).containsExactly(0, 1, 2);
        assertThat(script.get(script.size() - 1).at()).isLessThan(Duration.ofMinutes(10));
    }
}
