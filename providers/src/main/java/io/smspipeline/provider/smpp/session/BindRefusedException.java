package io.smspipeline.provider.smpp.session;

import java.io.IOException;

/** The SMSC answered a bind with an error. */
public final class BindRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    BindRefusedException(int status) {
        super("the SMSC refused the bind with command_status 0x%08X".formatted(status));
        this.status = status;
    }

    /** command_status of the answer. */
    public int status() {
        return status;
    }
}
