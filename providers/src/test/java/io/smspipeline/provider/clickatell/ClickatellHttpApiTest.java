package io.smspipeline.provider.clickatell;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.provider.HeldMessage;
import io.smspipeline.provider.Plan;
import io.smspipeline.provider.TestProviders;
import io.smspipeline.provider.contract.Messages;
import io.smspipeline.provider.http.Call;
import io.smspipeline.provider.http.DocumentedErrors;
import io.smspipeline.provider.http.HttpAccount;
import io.smspipeline.provider.http.HttpAnswer;
import io.smspipeline.provider.http.Inquiry;
import io.smspipeline.provider.http.Verdict;
import io.smspipeline.provider.webhook.Parameters;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.record.StatusReport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClickatellHttpApiTest {
    static ClickatellHttpApi api() {
        return (ClickatellHttpApi) ((HttpAccount) TestProviders.of(
                        "type: clickatell", "api: http", "api-id: 4711", "user: me", "password: s&cret"))
                .api();
    }

    private static Parameters form(OutgoingMessage message) {
        Plan plan = api().plan(message);
        assertThat(plan).isInstanceOf(Plan.Submissions.class);
        Call call = api().submit(((Plan.Submissions) plan).all().get(0), Duration.ofMinutes(90), 0);
        assertThat(call.uri()).hasToString("https://api.clickatell.com/http/sendmsg");
        return Parameters.ofForm(new String(call.body(), StandardCharsets.US_ASCII));
    }

    private static HttpAnswer answer(String text) {
        return new HttpAnswer(200, Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_message_is_a_form_with_who_we_are() {
        OutgoingMessage message = Messages.text("0190-aB", "Hello [you]");
        message.setFrom("+447700900999");
        message.setStatusReport(StatusReport.FINAL);

        Parameters form = form(message);

        assertThat(form.get("api_id")).isEqualTo("4711");
        assertThat(form.get("user")).isEqualTo("me");
        assertThat(form.get("password")).isEqualTo("s&cret");
        assertThat(form.get("to")).isEqualTo("447700900123");
        assertThat(form.get("from")).isEqualTo("447700900999");
        assertThat(form.get("text")).isEqualTo("Hello [you]");
        assertThat(form.get("unicode")).isNull();
        assertThat(form.get("concat")).isEqualTo("1");
        assertThat(form.get("validity")).isEqualTo("90");
        assertThat(form.get("climsgid")).isEqualTo("0190aB");
        assertThat(form.get("callback")).isEqualTo("6");
        assertThat(form.get("deliv_ack")).isEqualTo("1");
    }

    @Test
    void what_the_alphabet_has_not_goes_as_utf_16_in_hexadecimal_digits() {
        Parameters form = form(Messages.text("m1", "Ж".repeat(71)));

        assertThat(form.get("unicode")).isEqualTo("1");
        assertThat(form.get("text")).isEqualTo("0416".repeat(71));
        assertThat(form.get("concat")).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource({"NONE,0,0", "FAILURES,1,4", "FINAL,1,6", "ALL,1,7"})
    void reports_are_asked_for_by_bits(StatusReport wanted, String acknowledged, String bits) {
        OutgoingMessage message = Messages.text("m1", "Hello");
        message.setStatusReport(wanted);

        assertThat(form(message).get("deliv_ack")).isEqualTo(acknowledged);
        assertThat(form(message).get("callback")).isEqualTo(bits);
    }

    @Test
    void what_a_message_asks_for_reaches_the_api_s_own_fields() {
        OutgoingMessage message = Messages.text("m1", "Hello");
        message.setAllowReply(true);
        message.setParams(Map.of("escalate", "true", "expires", "5", "senderId", "Shop", "deliv_time", "10"));

        Parameters form = form(message);

        assertThat(form.get("escalate")).isEqualTo("1");
        assertThat(form.get("mo")).isEqualTo("1");
        assertThat(form.get("validity")).isEqualTo("5");
        assertThat(form.get("from")).isEqualTo("Shop");
        assertThat(form.get("deliv_time")).isEqualTo("10");
    }

    @Test
    void a_line_with_an_id_is_acceptance() {
        assertThat(DocumentedErrors.verdict(api(), 200, "ID: 02ca6a2e2d1b4e5f8a9b0c1d2e3f4a5b\n"))
                .isEqualTo(new Verdict.Taken("02ca6a2e2d1b4e5f8a9b0c1d2e3f4a5b"));
    }

    @Test
    void a_message_can_be_asked_for_by_its_id() {
        Inquiry inquiry =
                api().inquiry(new HeldMessage("abcd", "12345", "+447700900123")).orElseThrow();

        assertThat(inquiry.told().apply(answer("ID: abcd Status: 004")))
                .hasValueSatisfying(receipt -> assertThat(receipt.state()).isEqualTo(ReceiptState.DELIVERED));
        assertThat(inquiry.told().apply(answer("ERR: 104, Unknown client message id")))
                .isEmpty();
    }

    @Test
    void an_account_without_credit_is_not_fine() {
        assertThat(api().isAccountFine(answer("Credit: 12.50"))).isTrue();
        assertThat(api().isAccountFine(answer("Credit: 0"))).isFalse();
        assertThat(api().isAccountFine(answer("ERR: 001, Authentication failed")))
                .isFalse();
    }
}
