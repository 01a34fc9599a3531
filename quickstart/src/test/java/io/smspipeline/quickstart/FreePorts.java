package io.smspipeline.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports nobody listens at right now. */
final class FreePorts {
    private FreePorts() {}

    /** One. */
    static int one() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first of seven in a row, below the range the system hands out itself. */
    static int sevenInARow() {
        int offset = (int) (ProcessHandle.current().pid() % 500) * 10;
        for (int base = 20_000 + offset; base < 32_000; base += 10) {
            if (allFree(base, 7)) {
                return base;
            }
        }
        throw new AssertionError("no seven free ports in a row below 32000");
    }

    private static boolean allFree(int base, int count) {
        for (int port = base; port < base + count; port++) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (!socket.isBound()) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }
}
