package io.smspipeline.settings;

/** The configuration cannot be used. The message is the whole report, meant for the person who wrote the configuration. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Faults faults;

    public SettingsException(Faults faults) {
        super(faults.report());
        this.faults = faults;
    }

    /** What was wrong; never empty. */
    public Faults faults() {
        return faults;
    }
}
