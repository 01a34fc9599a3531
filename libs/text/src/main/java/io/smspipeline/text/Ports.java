package io.smspipeline.text;

import java.util.List;

/**
 * Application ports, 3GPP TS 23.040 §9.2.3.24.4. WAP push is destination 2948, source 9200.
 *
 * @param destination 0..65535
 * @param source 0..65535
 */
public record Ports(int destination, int source) {
    public Ports {
        check("destination", destination);
        check("source", source);
    }

    private static void check(String which, int port) {
        if (port < 0 || port > 0xFFFF) {
            throw new IllegalArgumentException(
                    which + " port is " + port + ": a port has 16 bits. Use a number from 0 to 65535.");
        }
    }

    /** The header that carries these ports: {@code 06 05 04 DDDD SSSS}. */
    public UserDataHeader header() {
        return new UserDataHeader(List.of(UserDataHeader.Element.ports(this)));
    }
}
