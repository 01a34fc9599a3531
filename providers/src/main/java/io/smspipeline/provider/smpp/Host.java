package io.smspipeline.provider.smpp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an SMSC listens.
 *
 * @param name a name or an address; IPv6 without its brackets
 * @param port 1..65535
 */
record Host(String name, int port) {
    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^\\s:\\[\\]]+))(?::(\\d{1,5}))?");

    /** Reads {@code smsc.example:2775}, {@code [::1]:2775}, or either without a port. Empty when it is none of them. */
    static Optional<Host> parse(String text, int defaultPort) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        int port = form.group(3) == null ? defaultPort : Integer.parseInt(form.group(3));
        String name = form.group(1) == null ? form.group(2) : form.group(1);
        return port < 1 || port > 65_535 ? Optional.empty() : Optional.of(new Host(name, port));
    }

    @Override
    public String toString() {
        return (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + port;
    }
}
