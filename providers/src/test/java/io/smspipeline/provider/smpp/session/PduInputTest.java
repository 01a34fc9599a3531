package io.smspipeline.provider.smpp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PduInputTest {
    private final List<String> events = new ArrayList<>();
    private final PduInput input = new PduInput();
    private @Nullable Error fault;

    PduInputTest() {
        input.feed(new PduInput.Consumer() {
            @Override
            public void received(int commandId, int status, int sequence, Octets body) {
                if (fault != null) {
                    throw fault;
                }
                events.add("%08X/%X/%d/%s"
                        .formatted(commandId, status, sequence, HexFormat.of().formatHex(body.take(body.remaining()))));
            }

            @Override
            public void heard() {}

            @Override
            public void burstRead() {
                events.add("burst");
            }

            @Override
            public void outOfStep() {
                events.add("out of step");
            }

            @Override
            public void ended(String why) {
                events.add("ended: " + why);
            }
        });
    }

    /** Gives one chunk a read; null is a read that times out. */
    private static final class Chunks extends InputStream {
        private final List<byte[]> chunks;

        Chunks(List<byte[]> chunks) {
            this.chunks = new ArrayList<>(chunks);
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("octet by octet nobody reads here");
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (chunks.isEmpty()) {
                return -1;
            }
            byte[] chunk = chunks.remove(0);
            if (chunk == null) {
                throw new SocketTimeoutException("nothing came");
            }
            System.arraycopy(chunk, 0, into, offset, chunk.length);
            return chunk.length;
        }
    }

    private void read(byte[]... chunks) {
        List<byte[]> list = new ArrayList<>();
        for (byte[] chunk : chunks) {
            list.add(chunk);
        }
        assertThatThrownBy(() -> input.readPDUHeader(new DataInputStream(new Chunks(list))))
                .isInstanceOf(IOException.class);
    }

    private static byte[] hex(String octets) {
        return HexFormat.of().parseHex(octets.replace(" ", ""));
    }

    private static final String RESP_7 = "00000012 80000004 00000000 00000007 3100";
    private static final String RESP_8 = "00000012 80000004 00000000 00000008 3200";

    @Test
    void pdus_that_come_together_are_one_burst() {
        read(hex(RESP_7 + RESP_8));

        assertThat(events)
                .containsExactly(
                        "burst",
                        "80000004/0/7/3100",
                        "80000004/0/8/3200",
                        "burst",
                        "ended: the SMSC closed the connection");
    }

    @Test
    void a_pause_inside_a_pdu_loses_nothing() {
        byte[] octets = hex(RESP_7 + RESP_8);
        for (int cut = 1; cut < octets.length; cut++) {
            events.clear();
            byte[] first = java.util.Arrays.copyOf(octets, cut);
            byte[] rest = java.util.Arrays.copyOfRange(octets, cut, octets.length);
            PduInputTest fresh = new PduInputTest();

            fresh.read(first, null, null, rest);

            assertThat(fresh.events).as("cut after %d octets", cut).contains("80000004/0/7/3100", "80000004/0/8/3200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "0000000F", "7FFFFFFF", "FFFFFFFF", "00020001"})
    void a_length_that_no_pdu_has_ends_the_reading(String length) {
        read(hex(length + "80000004 00000000 00000007"));

        assertThat(events).contains("out of step").anyMatch(event -> event.startsWith("ended: link lost"));
        assertThat(events).noneMatch(event -> event.startsWith("80000004"));
    }

    @Test
    void a_pdu_larger_than_the_buffer_is_read_whole() {
        byte[] large = new byte[100_000];
        System.arraycopy(hex("000186A0 00000005 00000000 00000001"), 0, large, 0, 16);

        read(java.util.Arrays.copyOf(large, 60_000), java.util.Arrays.copyOfRange(large, 60_000, 100_000));

        assertThat(events).anyMatch(event -> event.startsWith("00000005/0/1/") && event.length() > 190_000);
    }

    @Test
    void a_fault_of_ours_ends_the_session_instead_of_leaving_it_bound_and_deaf() {
        fault = new NoSuchMethodError("setFrom");

        assertThatThrownBy(() -> input.readPDUHeader(new DataInputStream(
                        new Chunks(List.of(HexFormat.of().parseHex("00000010000000150000000000000001"))))))
                .isSameAs(fault);
        assertThat(events).contains("ended: a fault of ours while reading: java.lang.NoSuchMethodError: setFrom");
    }
}
