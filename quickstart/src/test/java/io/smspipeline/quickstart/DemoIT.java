package io.smspipeline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoIT {
    @Test
    void the_first_command_shows_a_message_delivered_and_answered() {
        try (SmsProcess demo = SmsProcess.start(Map.of(), "demo")) {
            assertThat(demo.exitCode()).isZero();
            assertThat(demo.lines())
                    .anyMatch(line -> line.contains("DELIVERED"))
                    .anyMatch(line -> line.startsWith("sms.inbound") && line.contains("in reply to"));
        }
    }
}
