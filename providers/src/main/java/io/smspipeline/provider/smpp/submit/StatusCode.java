package io.smspipeline.provider.smpp.submit;

import io.smspipeline.record.FailureCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A command_status of SMPP 3.4 §5.1.3 (and 5.0 §4.7.6): its name, what it asks us to do, and how we classify it.
 *
 * @param value 0..0xFFFFFFFF as an int
 * @param name such as {@code ESME_RTHROTTLED}
 * @param kind what to do
 * @param failure our classification
 * @param pause before the same message should be tried again, where {@code kind} allows that
 * @param mostTries how often the same message may meet it before it counts as refused; 0: as often as its validity allows
 * @param meaning half a sentence for a person
 */
public record StatusCode(
        int value, String name, StatusClass kind, FailureCode failure, Duration pause, int mostTries, String meaning) {

    /** For a status of which nobody outside this SMSC knows whether it will pass. */
    private static final int TRIES_OF_THE_UNKNOWN = 3;

    /** Field practice, where the standard leaves it open, is to the side of not losing a message: later rather than never. */
    private static final String TABLE = """
            0x00  ESME_ROK                 OK        GENERIC            0s  0  no error
            0x01  ESME_RINVMSGLEN          PERMANENT REQUEST            0s  0  message length invalid
            0x02  ESME_RINVCMDLEN          LINK      CONNECTION         1s  0  command length invalid
            0x03  ESME_RINVCMDID           CONFIG    UNSUPPORTED        0s  0  command unknown or not supported
            0x04  ESME_RINVBNDSTS          LINK      CONNECTION         1s  0  command not allowed in this bind state
            0x05  ESME_RALYBND             BIND      AUTH              30s  0  already bound
            0x06  ESME_RINVPRTFLG          PERMANENT REQUEST            0s  0  priority_flag invalid
            0x07  ESME_RINVREGDLVFLG       PERMANENT REQUEST            0s  0  registered_delivery invalid
            0x08  ESME_RSYSERR             LATER     SERVER             1s  0  system error at the SMSC
            0x0A  ESME_RINVSRCADR          PERMANENT INVALID_SENDER     0s  0  source address invalid or not allowed
            0x0B  ESME_RINVDSTADR          PERMANENT INVALID_RECIPIENT  0s  0  destination address invalid
            0x0C  ESME_RINVMSGID           PERMANENT REQUEST            0s  0  message_id unknown
            0x0D  ESME_RBINDFAIL           BIND      AUTH              10s  0  bind failed
            0x0E  ESME_RINVPASWD           BIND      AUTH              60s  0  password wrong
            0x0F  ESME_RINVSYSID           BIND      AUTH              60s  0  system_id unknown
            0x11  ESME_RCANCELFAIL         PERMANENT GENERIC            0s  0  cancel failed
            0x13  ESME_RREPLACEFAIL        PERMANENT GENERIC            0s  0  replace failed
            0x14  ESME_RMSGQFUL            LATER     LIMITS             1s  0  message queue full
            0x15  ESME_RINVSERTYP          CONFIG    REQUEST            0s  0  service_type invalid
            0x33  ESME_RINVNUMDESTS        PERMANENT REQUEST            0s  0  number of destinations invalid
            0x34  ESME_RINVDLNAME          PERMANENT REQUEST            0s  0  distribution list unknown
            0x40  ESME_RINVDESTFLAG        PERMANENT REQUEST            0s  0  dest_flag invalid
            0x42  ESME_RINVSUBREP          PERMANENT REQUEST            0s  0  submit with replace not valid
            0x43  ESME_RINVESMCLASS        PERMANENT REQUEST            0s  0  esm_class invalid
            0x44  ESME_RCNTSUBDL           PERMANENT UNSUPPORTED        0s  0  cannot submit to distribution list
            0x45  ESME_RSUBMITFAIL         LATER     GENERIC            5s  3  submit failed
            0x48  ESME_RINVSRCTON          CONFIG    INVALID_SENDER     0s  0  source TON invalid
            0x49  ESME_RINVSRCNPI          CONFIG    INVALID_SENDER     0s  0  source NPI invalid
            0x50  ESME_RINVDSTTON          CONFIG    INVALID_RECIPIENT  0s  0  destination TON invalid
            0x51  ESME_RINVDSTNPI          CONFIG    INVALID_RECIPIENT  0s  0  destination NPI invalid
            0x53  ESME_RINVSYSTYP          BIND      AUTH              60s  0  system_type invalid
            0x54  ESME_RINVREPFLAG         PERMANENT REQUEST            0s  0  replace_if_present_flag invalid
            0x55  ESME_RINVNUMMSGS         PERMANENT REQUEST            0s  0  number of messages invalid
            0x58  ESME_RTHROTTLED          THROTTLE  LIMITS             0s  0  over the agreed rate
            0x61  ESME_RINVSCHED           PERMANENT REQUEST            0s  0  schedule_delivery_time invalid
            0x62  ESME_RINVEXPIRY          PERMANENT REQUEST            0s  0  validity_period invalid
            0x63  ESME_RINVDFTMSGID        PERMANENT REQUEST            0s  0  predefined message not found
            0x64  ESME_RX_T_APPN           LATER     SERVER             5s  0  receiver reports a temporary error
            0x65  ESME_RX_P_APPN           PERMANENT GENERIC            0s  0  receiver reports a permanent error
            0x66  ESME_RX_R_APPN           PERMANENT GENERIC            0s  0  receiver rejected the message
            0x67  ESME_RQUERYFAIL          LATER     SERVER            60s  0  query failed
            0xC0  ESME_RINVOPTPARSTREAM    PERMANENT REQUEST            0s  0  TLV part malformed
            0xC1  ESME_ROPTPARNOTALLWD     PERMANENT REQUEST            0s  0  TLV not allowed
            0xC2  ESME_RINVPARLEN          PERMANENT REQUEST            0s  0  parameter length invalid
            0xC3  ESME_RMISSINGOPTPARAM    PERMANENT REQUEST            0s  0  expected TLV missing
            0xC4  ESME_RINVOPTPARAMVAL     PERMANENT REQUEST            0s  0  TLV value invalid
            0xFE  ESME_RDELIVERYFAILURE    PERMANENT GENERIC            0s  0  delivery failed
            0xFF  ESME_RUNKNOWNERR         LATER     GENERIC            5s  3  unknown error
            0x100 ESME_RSERTYPUNAUTH       CONFIG    AUTH               0s  0  service type not authorised
            0x101 ESME_RPROHIBITED         CONFIG    AUTH               0s  0  operation prohibited
            0x102 ESME_RSERTYPUNAVAIL      LATER     SERVER            60s  0  service type unavailable
            0x103 ESME_RSERTYPDENIED       CONFIG    AUTH               0s  0  service type denied
            0x104 ESME_RINVDCS             PERMANENT UNSUPPORTED        0s  0  data_coding invalid
            0x105 ESME_RINVSRCADDRSUBUNIT  PERMANENT REQUEST            0s  0  source subunit invalid
            0x106 ESME_RINVDSTADDRSUBUNIT  PERMANENT REQUEST            0s  0  destination subunit invalid
            """;

    private static final Map<Integer, StatusCode> KNOWN = parse();

    private static Map<Integer, StatusCode> parse() {
        Map<Integer, StatusCode> known = new HashMap<>();
        TABLE.lines().forEach(line -> {
            String[] column = line.split("\\s+", 7);
            int value = Integer.decode(column[0]);
            known.put(
                    value,
                    new StatusCode(
                            value,
                            column[1],
                            StatusClass.valueOf(column[2]),
                            FailureCode.valueOf(column[3]),
                            Duration.parse("PT" + column[4]),
                            Integer.parseInt(column[5]),
                            column[6]));
        });
        return Map.copyOf(known);
    }

    /** Every status the standard names. */
    public static Iterable<StatusCode> known() {
        return KNOWN.values();
    }

    /** The status with this value; one of the vendor's own is worth another try, a while later. */
    public static StatusCode of(int value) {
        StatusCode known = KNOWN.get(value);
        if (known != null) {
            return known;
        }
        if (value >= 0x107 && value <= 0x112) {
            return new StatusCode(
                    value,
                    "broadcast-error",
                    StatusClass.PERMANENT,
                    FailureCode.REQUEST,
                    Duration.ZERO,
                    0,
                    "a broadcast was refused, which this is not");
        }
        boolean vendor = value >= 0x400 && value <= 0x4FF;
        return new StatusCode(
                value,
                vendor ? "vendor-specific" : "reserved",
                StatusClass.LATER,
                FailureCode.GENERIC,
                Duration.ofSeconds(60),
                TRIES_OF_THE_UNKNOWN,
                vendor ? "a status of this SMSC's own" : "a status the standard does not define");
    }

    /** The same status where an account knows better what it asks for. */
    StatusCode as(StatusClass otherKind, FailureCode otherFailure, Duration otherPause, int otherMostTries) {
        return new StatusCode(value, name, otherKind, otherFailure, otherPause, otherMostTries, meaning);
    }

    /** As operators and logs write it: {@code 0x0000000B}. */
    public String hex() {
        return "0x%08X".formatted(value);
    }

    @Override
    public String toString() {
        return hex() + " " + name;
    }
}
