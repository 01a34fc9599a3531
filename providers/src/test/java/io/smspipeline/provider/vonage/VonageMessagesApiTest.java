package io.smspipeline.provider.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smspipeline.provider.Plan;
import io.smspipeline.provider.TestProviders;
import io.smspipeline.provider.contract.Messages;
import io.smspipeline.provider.http.Call;
import io.smspipeline.provider.http.DocumentedErrors;
import io.smspipeline.provider.http.HttpAccount;
import io.smspipeline.provider.http.Verdict;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VonageMessagesApiTest {
    static VonageMessagesApi api() {
        return (VonageMessagesApi) ((HttpAccount)
                        TestProviders.of("type: vonage", "api: messages", "api-key: abcd1234", "api-secret: secret"))
                .api();
    }

    private static Plan.Submissions planned(OutgoingMessage message) {
        Plan plan = api().plan(message);
        assertThat(plan).isInstanceOf(Plan.Submissions.class);
        return (Plan.Submissions) plan;
    }

    @Test
    void a_message_is_json_with_basic_authentication() throws Exception {
        Call call = api().submit(planned(Messages.text("m1", "Grüße")).all().get(0), Duration.ofMinutes(15), 0);

        assertThat(call.uri()).hasToString("https://api.nexmo.com/v1/messages");
        assertThat(call.headers()).containsEntry("Authorization", "Basic YWJjZDEyMzQ6c2VjcmV0");
        assertThat(new ObjectMapper().readTree(call.body())).isEqualTo(new ObjectMapper().readTree("""
                                {"message_type":"text","channel":"sms","to":"447700900123","from":"12345","text":"Grüße",
                                 "client_ref":"m1"}"""));
    }

    @Test
    void a_message_that_was_taken_has_one_id() {
        assertThat(DocumentedErrors.verdict(api(), 202, "{\"message_uuid\":\"aaaaaaaa-bbbb-cccc-dddd-0123456789ab\"}"))
                .isEqualTo(new Verdict.Taken("aaaaaaaa-bbbb-cccc-dddd-0123456789ab"));
    }

    @Test
    void a_text_of_more_than_a_thousand_characters_is_refused_before_it_is_sent() {
        assertThat(api().plan(Messages.text("m1", "x".repeat(1_001))))
                .isInstanceOfSatisfying(
                        Plan.Unfit.class,
                        unfit -> assertThat(unfit.failure().getCode()).isEqualTo(FailureCode.REQUEST));
    }

    @Test
    void what_it_has_not_is_noted_and_refused_only_where_the_message_insists() {
        OutgoingMessage message = Messages.text("m1", "Hello");
        message.setMessageClass(0);
        message.setParams(Map.of("escalate", "true", "routingGroup", "PREMIUM", "expires", "5"));
        assertThat(planned(message).all().get(0).notes()).hasSize(4);

        message.setParams(Map.of("strict", "true"));
        assertThat(api().plan(message))
                .isInstanceOfSatisfying(
                        Plan.Unfit.class,
                        unfit -> assertThat(unfit.failure().getCode()).isEqualTo(FailureCode.UNSUPPORTED));
    }
}
