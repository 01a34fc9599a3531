package io.smspipeline.provider.smpp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.smspipeline.provider.smpp.session.Request.Fate;
import io.smspipeline.provider.smpp.trace.PduTrace;
import io.smspipeline.settings.PersonalData;
import io.smspipeline.settings.Secret;
import io.smspipeline.simulator.smsc.scripted.ScriptedPeer;
import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.Pdus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jsmpp.bean.BindType;
import org.jsmpp.util.DefaultComposer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A session without anybody who looks after it: nothing happens here but what is asked for. */
class AsyncSessionTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private ScriptedPeer peer;
    private AsyncSession session;

    @AfterEach
    void close() {
        session.end("test over");
        executor.shutdownNow();
        peer.close();
        assertThat(peer.faults()).isEmpty();
    }

    private AsyncSession session(io.smspipeline.simulator.smsc.scripted.Script script) throws IOException {
        peer = ScriptedPeer.start(script);
        session = new AsyncSession(
                new Dialer(Duration.ofSeconds(10), null),
                new SessionTiming(Duration.ofSeconds(10), Duration.ofSeconds(30)),
                executor,
                new SessionListener() {
                    @Override
                    public void delivered(AsyncSession which, Delivery delivery) {
                        told.add("delivered");
                    }

                    @Override
                    public void settled(AsyncSession which) {
                        told.add("settled");
                    }

                    @Override
                    public void ended(AsyncSession which, String why) {
                        told.add("ended: " + why);
                    }
                },
                new PduTrace("test/1", PersonalData.MASKED));
        return session;
    }

    private void bind() throws IOException {
        session.bind(
                BindType.BIND_TX, new Login("127.0.0.1", peer.port(), "test", Secret.of("secret"), "", 0x34, 0, 0, ""));
    }

    private void query(String name) {
        session.send(sequence -> new DefaultComposer().enquireLink(sequence), new Request() {
            @Override
            public void answered(boolean nack, int status, Octets body) {
                told.add(name + " answered " + status);
            }

            @Override
            public void unanswered(Fate fate, String why) {
                told.add(name + " " + fate);
            }
        });
    }

    @Test
    void of_what_was_sent_it_knows_at_the_end_whether_it_can_have_left() throws Exception {
        CountDownLatch bothSent = new CountDownLatch(1);
        session(link -> {
                    link.acceptBind();
                    link.read();
                    bothSent.await();
                    link.cut();
                })
                .flush();
        bind();
        query("first");
        session.flush();
        // The peer answers nothing and goes; what was not flushed has not left.
        query("second");
        bothSent.countDown();

        await().atMost(SOON).until(() -> told.stream().anyMatch(event -> event.startsWith("ended")));

        assertThat(told)
                .contains("first " + Fate.UNKNOWN, "second " + Fate.NEVER_SENT)
                .endsWith("settled", "ended: the SMSC closed the connection");
    }

    @Test
    void nothing_is_sent_after_the_end() throws Exception {
        session(link -> {
            link.acceptBind();
            link.readOn();
        });
        bind();
        session.end("enough");

        query("late");

        assertThat(told).endsWith("late " + Fate.NEVER_SENT);
        assertThat(session.takesRequests()).isFalse();
    }

    @Test
    void the_end_is_told_once() throws Exception {
        session(link -> {
            link.acceptBind();
            link.readOn();
        });
        bind();

        session.end("one");
        session.end("two");
        session.close();

        assertThat(told).filteredOn(event -> event.startsWith("ended")).containsExactly("ended: one");
    }

    @Test
    void a_refused_bind_names_the_status() throws Exception {
        session(link -> {
            var bind = link.read();
            link.write(Pdus.header(bind.commandId() | CommandId.RESPONSE, 0x0F, bind.sequence()));
            link.readOn();
        });

        assertThatThrownBy(this::bind)
                .isInstanceOfSatisfying(
                        BindRefusedException.class, e -> assertThat(e.status()).isEqualTo(0x0F));
        assertThat(session.hasEnded()).isTrue();
    }

    @Test
    void a_bind_answered_by_generic_nack_is_refused() throws Exception {
        session(link -> {
            var bind = link.read();
            link.write(Pdus.header(CommandId.GENERIC_NACK, 0x03, bind.sequence()));
            link.readOn();
        });

        assertThatThrownBy(this::bind).isInstanceOf(BindRefusedException.class);
    }

    @Test
    void a_bound_session_costs_one_thread() throws Exception {
        session(link -> {
            link.acceptBind();
            link.readOn();
        });

        bind();

        String id = session.getSessionId();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .filteredOn(name -> name.endsWith(id))
                        .containsExactly("PDUReaderWorker-" + id));
    }

    @Test
    void answers_that_were_read_together_are_told_together() throws Exception {
        session(link -> {
            link.acceptBind();
            byte[] first =
                    Pdus.header(CommandId.ENQUIRE_LINK_RESP, 0, link.read().sequence());
            byte[] second =
                    Pdus.header(CommandId.ENQUIRE_LINK_RESP, 0, link.read().sequence());
            byte[] both = new byte[32];
            System.arraycopy(first, 0, both, 0, 16);
            System.arraycopy(second, 0, both, 16, 16);
            link.write(both);
            link.readOn();
        });
        bind();
        await().atMost(SOON).until(() -> told.contains("settled"));
        told.clear();
        query("a");
        query("b");
        session.flush();

        await().atMost(SOON).until(() -> told.contains("settled"));

        assertThat(told).containsExactly("a answered 0", "b answered 0", "settled");
    }
}
