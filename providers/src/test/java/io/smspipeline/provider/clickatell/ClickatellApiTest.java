package io.smspipeline.provider.clickatell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smspipeline.provider.Plan;
import io.smspipeline.provider.TestProviders;
import io.smspipeline.provider.contract.Messages;
import io.smspipeline.provider.http.Call;
import io.smspipeline.record.OutgoingMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClickatellApiTest {
    private final ClickatellApi api = new ClickatellApi(
            "za", ((ClickatellAccount) TestProviders.of("type: clickatell", "api-key: the-key")).settings());

    private Call call(OutgoingMessage message) {
        Plan plan = api.plan(message);
        assertThat(plan).isInstanceOf(Plan.Submissions.class);
        return api.submit(((Plan.Submissions) plan).all().get(0), Duration.ofHours(1), 0);
    }

    @Test
    void a_message_is_json_with_the_key_as_it_is() throws Exception {
        OutgoingMessage message = Messages.text("m1", "Hello");
        message.setFrom("+447700900999");

        Call call = call(message);

        assertThat(call.uri()).hasToString("https://platform.clickatell.com/v1/message");
        assertThat(call.headers()).containsEntry("Authorization", "the-key");
        JsonNode entry =
                new ObjectMapper().readTree(call.body()).path("messages").path(0);
        assertThat(entry).isEqualTo(new ObjectMapper().readTree("""
                                {"channel":"sms","to":"447700900123","content":"Hello","clientMessageId":"m1",
                                 "from":"447700900999"}"""));
    }

    @Test
    void a_deadline_of_the_application_is_noted_as_the_platform_cannot_be_told() {
        OutgoingMessage message = Messages.text("m1", "Hello");
        message.setValidUntil(Instant.EPOCH.plusSeconds(300));

        assertThat(((Plan.Submissions) api.plan(message)).all().get(0).notes()).hasSize(1);
        message.setValidUntil(Instant.EPOCH.plusSeconds(48 * 3_600));
        assertThat(((Plan.Submissions) api.plan(message)).all().get(0).notes()).isEmpty();
    }

    @Test
    void a_parameter_that_makes_no_sense_is_told_to_who_asked() {
        OutgoingMessage message = Messages.text("m1", "Hello");
        message.setParams(Map.of("strict", "perhaps"));

        assertThat(api.plan(message))
                .isInstanceOfSatisfying(
                        Plan.Unfit.class,
                        unfit -> assertThat(unfit.failure().getReason()).contains("strict"));
    }
}
