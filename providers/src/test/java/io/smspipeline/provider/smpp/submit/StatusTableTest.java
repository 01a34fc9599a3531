package io.smspipeline.provider.smpp.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.smpp.session.Octets;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.schemas.providerid.IdRule;
import io.smspipeline.settings.Fault;
import io.smspipeline.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every status of SMPP 3.4 §5.1.3 and 5.0 §4.7.6: what it does to a submission, and for how long. */
class StatusTableTest {
    private static SendOutcome outcome(StatusTable table, int status) {
        return new AnswerMeaning("primary", IdRule.SAME, table).ofAnswer(false, status, new Octets(new byte[0], 0, 0));
    }

    private static StatusTable table(String yaml) {
        Settings settings = Settings.parse("status: " + yaml, Map.of(), Set.of("status"));
        StatusTable table = StatusTable.read(settings.root().section("status"));
        assertThat(settings.faults().all()).isEmpty();
        return table;
    }

    private static List<String> faults(String yaml) {
        Settings settings = Settings.parse("status: " + yaml, Map.of(), Set.of("status"));
        StatusTable.read(settings.root().section("status"));
        return settings.faults().all().stream().map(Fault::toString).toList();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "0x01, ESME_RINVMSGLEN, Rejected, 0, 0, REQUEST",
        "0x02, ESME_RINVCMDLEN, Unreachable, 1, 0, CONNECTION",
        "0x03, ESME_RINVCMDID, Rejected, 0, 0, UNSUPPORTED",
        "0x04, ESME_RINVBNDSTS, Unreachable, 1, 0, CONNECTION",
        "0x05, ESME_RALYBND, Unreachable, 30, 0, AUTH",
        "0x06, ESME_RINVPRTFLG, Rejected, 0, 0, REQUEST",
        "0x07, ESME_RINVREGDLVFLG, Rejected, 0, 0, REQUEST",
        "0x08, ESME_RSYSERR, Unreachable, 1, 0, SERVER",
        "0x0A, ESME_RINVSRCADR, Rejected, 0, 0, INVALID_SENDER",
        "0x0B, ESME_RINVDSTADR, Rejected, 0, 0, INVALID_RECIPIENT",
        "0x0C, ESME_RINVMSGID, Rejected, 0, 0, REQUEST",
        "0x0D, ESME_RBINDFAIL, Unreachable, 10, 0, AUTH",
        "0x0E, ESME_RINVPASWD, Unreachable, 60, 0, AUTH",
        "0x0F, ESME_RINVSYSID, Unreachable, 60, 0, AUTH",
        "0x11, ESME_RCANCELFAIL, Rejected, 0, 0, GENERIC",
        "0x13, ESME_RREPLACEFAIL, Rejected, 0, 0, GENERIC",
        "0x14, ESME_RMSGQFUL, Unreachable, 1, 0, LIMITS",
        "0x15, ESME_RINVSERTYP, Rejected, 0, 0, REQUEST",
        "0x33, ESME_RINVNUMDESTS, Rejected, 0, 0, REQUEST",
        "0x34, ESME_RINVDLNAME, Rejected, 0, 0, REQUEST",
        "0x40, ESME_RINVDESTFLAG, Rejected, 0, 0, REQUEST",
        "0x42, ESME_RINVSUBREP, Rejected, 0, 0, REQUEST",
        "0x43, ESME_RINVESMCLASS, Rejected, 0, 0, REQUEST",
        "0x44, ESME_RCNTSUBDL, Rejected, 0, 0, UNSUPPORTED",
        "0x45, ESME_RSUBMITFAIL, Unreachable, 5, 3, GENERIC",
        "0x48, ESME_RINVSRCTON, Rejected, 0, 0, INVALID_SENDER",
        "0x49, ESME_RINVSRCNPI, Rejected, 0, 0, INVALID_SENDER",
        "0x50, ESME_RINVDSTTON, Rejected, 0, 0, INVALID_RECIPIENT",
        "0x51, ESME_RINVDSTNPI, Rejected, 0, 0, INVALID_RECIPIENT",
        "0x53, ESME_RINVSYSTYP, Unreachable, 60, 0, AUTH",
        "0x54, ESME_RINVREPFLAG, Rejected, 0, 0, REQUEST",
        "0x55, ESME_RINVNUMMSGS, Rejected, 0, 0, REQUEST",
        "0x58, ESME_RTHROTTLED, Throttled, 0, 0, LIMITS",
        "0x61, ESME_RINVSCHED, Rejected, 0, 0, REQUEST",
        "0x62, ESME_RINVEXPIRY, Rejected, 0, 0, REQUEST",
        "0x63, ESME_RINVDFTMSGID, Rejected, 0, 0, REQUEST",
        "0x64, ESME_RX_T_APPN, Unreachable, 5, 0, SERVER",
        "0x65, ESME_RX_P_APPN, Rejected, 0, 0, GENERIC",
        "0x66, ESME_RX_R_APPN, Rejected, 0, 0, GENERIC",
        "0x67, ESME_RQUERYFAIL, Unreachable, 60, 0, SERVER",
        "0xC0, ESME_RINVOPTPARSTREAM, Rejected, 0, 0, REQUEST",
        "0xC1, ESME_ROPTPARNOTALLWD, Rejected, 0, 0, REQUEST",
        "0xC2, ESME_RINVPARLEN, Rejected, 0, 0, REQUEST",
        "0xC3, ESME_RMISSINGOPTPARAM, Rejected, 0, 0, REQUEST",
        "0xC4, ESME_RINVOPTPARAMVAL, Rejected, 0, 0, REQUEST",
        "0xFE, ESME_RDELIVERYFAILURE, Rejected, 0, 0, GENERIC",
        "0xFF, ESME_RUNKNOWNERR, Unreachable, 5, 3, GENERIC",
        "0x100, ESME_RSERTYPUNAUTH, Rejected, 0, 0, AUTH",
        "0x101, ESME_RPROHIBITED, Rejected, 0, 0, AUTH",
        "0x102, ESME_RSERTYPUNAVAIL, Unreachable, 60, 0, SERVER",
        "0x103, ESME_RSERTYPDENIED, Rejected, 0, 0, AUTH",
        "0x104, ESME_RINVDCS, Rejected, 0, 0, UNSUPPORTED",
        "0x105, ESME_RINVSRCADDRSUBUNIT, Rejected, 0, 0, REQUEST",
        "0x106, ESME_RINVDSTADDRSUBUNIT, Rejected, 0, 0, REQUEST",
        "0x107, broadcast-error, Rejected, 0, 0, REQUEST",
        "0x112, broadcast-error, Rejected, 0, 0, REQUEST",
        "0x400, vendor-specific, Unreachable, 60, 3, GENERIC",
        "0x4FF, vendor-specific, Unreachable, 60, 3, GENERIC",
        "0x16, reserved, Unreachable, 60, 3, GENERIC",
        "0x4A, reserved, Unreachable, 60, 3, GENERIC",
        "0x500, reserved, Unreachable, 60, 3, GENERIC",
    })
    void a_status_means(String status, String name, String outcome, int seconds, int tries, FailureCode code) {
        SendOutcome was = outcome(StatusTable.STANDARD, Integer.decode(status));

        assertThat(was.getClass().getSimpleName()).isEqualTo(outcome);
        Failure failure = null;
        if (was instanceof SendOutcome.Rejected rejected) {
            failure = rejected.failure();
        } else if (was instanceof SendOutcome.Throttled throttled) {
            failure = throttled.failure();
            assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
        } else if (was instanceof SendOutcome.Unreachable unreachable) {
            failure = unreachable.failure();
            assertThat(unreachable.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
            assertThat(unreachable.mostTries()).isEqualTo(tries);
        }
        assertThat(failure).isNotNull();
        assertThat(failure.getCode()).isEqualTo(code);
        assertThat(failure.getProviderText()).isEqualTo(name);
        assertThat(failure.getPermanent()).isEqualTo(outcome.equals("Rejected"));
    }

    @Test
    void an_account_may_know_better() {
        StatusTable table = table("{0x45: rejected, 0x58: unreachable, 0x14: throttled, 0x0B: {as: unreachable},"
                + " 0x400: {as: unreachable, retry-after: 90s, tries: 5, code: credit}, 1025: {as: rejected, code:"
                + " content-blocked}}");

        assertThat(outcome(table, 0x45)).isInstanceOf(SendOutcome.Rejected.class);
        assertThat(outcome(table, 0x58)).isInstanceOf(SendOutcome.Unreachable.class);
        assertThat(((SendOutcome.Throttled) outcome(table, 0x14)).retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(((SendOutcome.Unreachable) outcome(table, 0x0B)).retryAfter())
                .isEqualTo(Duration.ofSeconds(60));
        SendOutcome.Unreachable credit = (SendOutcome.Unreachable) outcome(table, 0x400);
        assertThat(credit.retryAfter()).isEqualTo(Duration.ofSeconds(90));
        assertThat(credit.mostTries()).isEqualTo(5);
        assertThat(credit.failure().getCode()).isEqualTo(FailureCode.CREDIT);
        assertThat(((SendOutcome.Rejected) outcome(table, 0x401)).failure().getCode())
                .isEqualTo(FailureCode.CONTENT_BLOCKED);
        assertThat(outcome(table, 0x0A)).isInstanceOf(SendOutcome.Rejected.class);
    }

    @Test
    void what_cannot_be_read_is_told_with_its_key() {
        assertThat(faults("{0x45: ignored, zero: rejected, 0: rejected, 0x400: {tries: -1, cod: credit}}"))
                .hasSize(6)
                .anySatisfy(fault -> assertThat(fault).contains("status.0x45", "rejected, throttled, unreachable"))
                .anySatisfy(fault -> assertThat(fault).contains("status.zero", "no command_status"))
                .anySatisfy(fault -> assertThat(fault).contains("status.0:", "no command_status"))
                .anySatisfy(fault -> assertThat(fault).contains("status.0x400.as", "missing"))
                .anySatisfy(fault -> assertThat(fault).contains("status.0x400.tries"))
                .anySatisfy(fault -> assertThat(fault).contains("status.0x400.cod"));
    }
}
