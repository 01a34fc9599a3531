package io.smspipeline.provider.smpp.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.settings.Fault;
import io.smspipeline.settings.Settings;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReceiptErrorsTest {
    private static final ReceiptErrors ERRORS = read("{\"001\": {code: INVALID_RECIPIENT, permanent: true},"
            + " 0x1B: {code: server, permanent: false, text: handset switched off}, E27: {code: credit}}");

    private static ReceiptErrors read(String yaml) {
        Settings settings = Settings.parse("receipt-errors: " + yaml, Map.of(), Set.of("receipt-errors"));
        ReceiptErrors errors = ReceiptErrors.read("primary", settings.root().section("receipt-errors"));
        assertThat(settings.faults().all()).isEmpty();
        return errors;
    }

    private static Failure failure(@Nullable String err) {
        return Objects.requireNonNull(ERRORS.failure(ReceiptState.UNDELIVERABLE, "UNDELIV", err));
    }

    @Test
    void a_code_of_the_account_says_what_was_wrong() {
        assertThat(failure("001").getCode()).isEqualTo(FailureCode.INVALID_RECIPIENT);
        assertThat(failure("001").getPermanent()).isTrue();
        assertThat(failure("0x1b").getPermanent()).isFalse();
        assertThat(failure("0x1b").getReason()).contains("handset switched off", "0x1b");
        assertThat(failure("e27").getProviderCode()).isEqualTo("err:e27");
    }

    @Test
    void zeros_before_a_code_do_not_matter() {
        assertThat(failure("1").getCode()).isEqualTo(FailureCode.INVALID_RECIPIENT);
        assertThat(failure("00001").getCode()).isEqualTo(FailureCode.INVALID_RECIPIENT);
        assertThat(failure("010").getCode()).isEqualTo(FailureCode.GENERIC);
    }

    @Test
    void an_unknown_code_is_told_as_it_is() {
        assertThat(failure("999").getCode()).isEqualTo(FailureCode.GENERIC);
        assertThat(failure("999").getReason()).contains("999");
        assertThat(failure(null).getProviderCode()).isNull();
        assertThat(Objects.requireNonNull(ERRORS.failure(ReceiptState.EXPIRED, null, null))
                        .getCode())
                .isEqualTo(FailureCode.EXPIRED);
    }

    @Test
    void what_was_delivered_or_is_under_way_has_no_failure() {
        assertThat(ERRORS.failure(ReceiptState.DELIVERED, "DELIVRD", "001")).isNull();
        assertThat(ERRORS.failure(ReceiptState.ENROUTE, "ENROUTE", "001")).isNull();
    }

    @Test
    void an_entry_needs_a_code() {
        Settings settings = Settings.parse(
                "receipt-errors: {\"001\": {permanent: maybe}, \"002\": busy}", Map.of(), Set.of("receipt-errors"));
        ReceiptErrors.read("primary", settings.root().section("receipt-errors"));

        assertThat(settings.faults().all().stream().map(Fault::toString))
                .anySatisfy(fault -> assertThat(fault).contains("receipt-errors.001.code"))
                .anySatisfy(fault -> assertThat(fault).contains("receipt-errors.001.permanent"))
                .anySatisfy(fault -> assertThat(fault).contains("receipt-errors.002"));
    }
}
