package io.smspipeline.provider.smpp.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.smpp.session.Octets;
import io.smspipeline.provider.smpp.session.Request.Fate;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.schemas.providerid.IdRule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerMeaningTest {
    private final AnswerMeaning meaning = new AnswerMeaning("primary", IdRule.SAME, StatusTable.STANDARD);

    private static Octets body(String text) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        return new Octets(octets, 0, octets.length);
    }

    private SendOutcome status(int status) {
        return meaning.ofAnswer(false, status, body(""));
    }

    @Test
    void status_0_is_acceptance_with_the_id_as_sent_and_as_looked_up() {
        assertThat(meaning.ofAnswer(false, 0, body("00AB\0"))).isEqualTo(new SendOutcome.Accepted("00AB", "ab"));
    }

    @Test
    void under_auto_an_acceptance_is_found_under_each_form_of_its_id() {
        AnswerMeaning auto = new AnswerMeaning("primary", IdRule.AUTO, StatusTable.STANDARD);

        assertThat(auto.ofAnswer(false, 0, body("00AB\0")))
                .isEqualTo(new SendOutcome.Accepted("00AB", List.of("ab", "171")));
    }

    @Test
    void a_malformed_id_is_acceptance_all_the_same() {
        String tooLong = "1".repeat(80);

        assertThat(meaning.ofAnswer(false, 0, body(tooLong))).isEqualTo(new SendOutcome.Accepted(tooLong, tooLong));
    }

    @Test
    void throttling_names_no_pause_since_the_smsc_does_not() {
        SendOutcome outcome = status(0x58);

        assertThat(outcome).isInstanceOf(SendOutcome.Throttled.class);
        assertThat(((SendOutcome.Throttled) outcome).retryAfter()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0x0B, INVALID_RECIPIENT, 0x0000000B, ESME_RINVDSTADR",
        "0x0A, INVALID_SENDER, 0x0000000A, ESME_RINVSRCADR",
        "0x01, REQUEST, 0x00000001, ESME_RINVMSGLEN",
        "0x48, INVALID_SENDER, 0x00000048, ESME_RINVSRCTON",
        "0x104, UNSUPPORTED, 0x00000104, ESME_RINVDCS"
    })
    void what_would_be_refused_again_is_refused_for_good(String status, FailureCode code, String hex, String name) {
        SendOutcome outcome = status(Integer.decode(status));

        assertThat(outcome).isInstanceOf(SendOutcome.Rejected.class);
        Failure failure = ((SendOutcome.Rejected) outcome).failure();
        assertThat(failure.getCode()).isEqualTo(code);
        assertThat(failure.getProviderCode()).isEqualTo(hex);
        assertThat(failure.getProviderText()).isEqualTo(name);
        assertThat(failure.getReason()).contains(hex + " " + name);
        assertThat(failure.getPermanent()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x04, 0x08, 0x0D, 0x0E, 0x14, 0x45, 0x64, 0xFF, 0x102, 0x401, 0x77777777})
    void trouble_that_may_pass_leaves_the_message_to_be_sent_again(int status) {
        SendOutcome outcome = status(status);

        assertThat(outcome).isInstanceOf(SendOutcome.Unreachable.class);
        assertThat(((SendOutcome.Unreachable) outcome).retryAfter()).isPositive();
        assertThat(((SendOutcome.Unreachable) outcome).failure().getPermanent()).isFalse();
    }

    @Test
    void a_generic_nack_is_never_acceptance() {
        assertThat(meaning.ofAnswer(true, 0, body(""))).isInstanceOf(SendOutcome.Unreachable.class);
        assertThat(meaning.ofAnswer(true, 0x03, body(""))).isInstanceOf(SendOutcome.Rejected.class);
    }

    @Test
    void silence_is_uncertain_only_when_octets_left() {
        assertThat(meaning.ofSilence(Fate.UNKNOWN, "link lost", new CompletableFuture<>()))
                .isInstanceOf(SendOutcome.Uncertain.class);
        assertThat(meaning.ofSilence(Fate.NEVER_SENT, "link lost", new CompletableFuture<>()))
                .isInstanceOf(SendOutcome.Unreachable.class);
    }

    @Test
    void every_status_of_the_standard_has_a_meaning() {
        assertThat(StatusCode.known()).hasSizeGreaterThan(50).allSatisfy(code -> {
            assertThat(code.name()).startsWith("ESME_R");
            assertThat(code.meaning()).isNotBlank();
            assertThat(StatusCode.of(code.value())).isSameAs(code);
        });
    }
}
