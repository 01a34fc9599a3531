package io.smspipeline.provider.smpp.trace;

import io.smspipeline.settings.PersonalData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each PDU of a bind at DEBUG, one line each, by the logger {@value #LOGGER}. Numbers and texts are masked unless they may
 * be seen, in the octets too; a password never is. Safe for use by many threads.
 */
public final class PduTrace {
    /** A name of its own: its level can be set, and its lines be sent elsewhere, without the rest of the log. */
    public static final String LOGGER = "io.smspipeline.pdu";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

    private final String bind;
    private final PersonalData personalData;

    /** @param bind its account's alias and its number: {@code primary/1} */
    public PduTrace(String bind, PersonalData personalData) {
        this.bind = bind;
        this.personalData = personalData;
    }

    /** Whether anybody wants to see. To be asked before anything is done for the other methods. */
    public boolean isOn() {
        return LOG.isDebugEnabled();
    }

    /**
     * A PDU of ours, header included.
     *
     * @param about what it is sent for, in key-values; may be empty
     */
    public void sent(byte[] pdu, String about) {
        log("out", pdu, about);
    }

    /**
     * A PDU of the peer's.
     *
     * @param body everything behind the header
     * @param about what it answers, in key-values; may be empty
     */
    public void received(int commandId, int status, int sequence, byte[] body, String about) {
        log("in", Picture.withHeader(commandId, status, sequence, body), about);
    }

    private void log(String direction, byte[] pdu, String about) {
        Picture picture = Picture.of(pdu, personalData);
        LOG.debug(
                "pdu bind={} direction={} {}{}{} octets={}",
                bind,
                direction,
                picture.fields(),
                about.isEmpty() ? "" : " ",
                about,
                picture.octets());
    }
}
