package io.smspipeline.provider.smpp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BurstOutputTest {
    private final List<byte[]> writes = new ArrayList<>();
    private final BurstOutput output = new BurstOutput(
            new OutputStream() {
                @Override
                public void write(int octet) {
                    throw new UnsupportedOperationException("octet by octet nobody writes here");
                }

                @Override
                public void write(byte[] octets, int from, int length) {
                    writes.add(Arrays.copyOfRange(octets, from, from + length));
                }
            },
            1_000);

    @Test
    void what_was_appended_leaves_in_one_write() throws IOException {
        output.append(new byte[] {1, 2});
        output.append(new byte[] {3});
        assertThat(writes).isEmpty();

        output.flush();
        output.flush();

        assertThat(writes).containsExactly(new byte[] {1, 2, 3});
    }

    @Test
    void it_knows_of_each_pdu_whether_it_can_have_left() throws IOException {
        long first = output.append(new byte[] {1, 2});
        output.flush();
        long second = output.append(new byte[] {3});

        assertThat(output.left(first)).isTrue();
        assertThat(output.left(second)).isFalse();
    }

    @Test
    void nothing_is_taken_after_it_is_shut() throws IOException {
        output.append(new byte[] {1});
        output.shut();

        assertThat(output.append(new byte[] {2})).isNegative();
        output.flush();
        assertThat(writes).isEmpty();
    }

    @Test
    void a_write_that_failed_may_have_left_and_nothing_follows_it() {
        BurstOutput broken = new BurstOutput(
                new OutputStream() {
                    @Override
                    public void write(int octet) throws IOException {
                        throw new IOException("broken pipe");
                    }
                },
                1_000);
        long offset = broken.append(new byte[] {1});

        assertThatThrownBy(broken::flush).isInstanceOf(IOException.class);

        assertThat(broken.left(offset)).isTrue();
        assertThat(broken.append(new byte[] {2})).isNegative();
    }

    @Test
    void whoever_writes_takes_along_what_others_append_meanwhile() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<Integer> lengths = new ArrayList<>();
        BurstOutput slow = new BurstOutput(
                new OutputStream() {
                    @Override
                    public void write(int octet) {
                        throw new UnsupportedOperationException("octet by octet nobody writes here");
                    }

                    @Override
                    public void write(byte[] octets, int from, int length) {
                        lengths.add(length);
                        writing.countDown();
                        try {
                            assertThat(goOn.await(30, TimeUnit.SECONDS)).isTrue();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    }
                },
                1_000);
        slow.append(new byte[10]);
        Thread writer = new Thread(() -> {
            try {
                slow.flush();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        writer.start();
        assertThat(writing.await(30, TimeUnit.SECONDS)).isTrue();

        slow.append(new byte[20]);
        slow.append(new byte[30]);
        slow.flush();
        assertThat(slow.writingSince()).isNotZero();
        goOn.countDown();
        writer.join(30_000);

        assertThat(lengths).containsExactly(10, 50);
        assertThat(slow.writingSince()).isZero();
    }

    @Test
    void a_flush_fits_as_long_as_little_is_written_that_the_peer_may_not_have_read() throws IOException {
        output.append(new byte[600]);
        long second = output.append(new byte[400]);
        output.flush();
        assertThat(output.fits()).isTrue();

        output.append(new byte[1]);
        assertThat(output.fits()).isFalse();

        output.proved(second);
        assertThat(output.fits()).isTrue();
    }
}
