package io.smspipeline.sender.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.record.ControlMode;
import io.smspipeline.record.ProviderState;
import io.smspipeline.schemas.trust.TrustedRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of a provider, and when. The test does the work of the timer. */
class StateReportsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    static {
        TrustedRecords.trust();
    }

    private final List<String> told = new ArrayList<>();
    private boolean up = true;
    private ControlMode mode = ControlMode.RUN;
    private final StateReports reports = new StateReports(
            () -> List.of(ProviderState.newBuilder()
                    .setAlias("acme")
                    .setReplica("0")
                    .setUp(up)
                    .setSince(NOW)
                    .setControl(mode)
                    .setAt(NOW)
                    .build()),
            (alias, state) -> told.add(alias + " "
                    + (state == null
                            ? "gone"
                            : (state.getUp() ? "up" : "down")
                                    + (state.getRecovered() ? " again" : "")
                                    + (state.getControl() == ControlMode.RUN ? "" : " " + state.getControl()))));

    private void looks(int times) {
        for (int i = 0; i < times; i++) {
            reports.look();
        }
    }

    @Test
    void it_is_told_at_once_and_then_with_every_fifth_look() {
        looks(11);

        assertThat(told).containsExactly("acme up", "acme up", "acme up");
    }

    @Test
    void a_change_is_told_at_once() {
        looks(1);
        up = false;
        looks(1);
        mode = ControlMode.PAUSE;
        looks(1);

        assertThat(told).containsExactly("acme up", "acme down", "acme down PAUSE");
    }

    @Test
    void who_comes_up_again_is_told_from_who_comes_up_first() {
        up = false;
        looks(1);
        up = true;
        looks(1);
        up = false;
        looks(1);
        up = true;
        looks(6);

        assertThat(told).containsExactly("acme down", "acme up", "acme down", "acme up again", "acme up again");
    }

    @Test
    void who_ends_in_order_takes_back_what_it_said() {
        looks(1);
        reports.close();

        assertThat(told).containsExactly("acme up", "acme gone");
    }
}
