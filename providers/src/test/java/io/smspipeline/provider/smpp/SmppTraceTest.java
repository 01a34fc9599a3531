package io.smspipeline.provider.smpp;

import static io.smspipeline.provider.smpp.ScriptedProvider.SOON;
import static io.smspipeline.provider.smpp.ScriptedProvider.answerAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.smpp.trace.PduTrace;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What can be seen of a bind when somebody looks. */
class SmppTraceTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(PduTrace.LOGGER);
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
        }
    };

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
        logger.setAdditive(false);
    }

    @AfterEach
    void restore() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    private static SendOutcome submitOne() throws Exception {
        try (ScriptedProvider scripted = new ScriptedProvider(link -> {
            link.acceptBind();
            answerAll(link);
        })) {
            return scripted.submitOne();
        }
    }

    @Test
    void at_debug_every_pdu_of_a_message_is_there_with_the_message_it_is_for_and_without_number_and_text()
            throws Exception {
        logger.setLevel(Level.DEBUG);

        assertThat(submitOne()).isInstanceOf(SendOutcome.Accepted.class);

        await().atMost(SOON).until(() -> lines.size() >= 4);
        assertThat(lines.get(0))
                .startsWith("pdu bind=primary/1 direction=out command=bind_transmitter")
                .contains("password=***");
        assertThat(lines.get(1)).startsWith("pdu bind=primary/1 direction=in command=bind_transmitter_resp status=0x0");
        assertThat(lines.get(2))
                .startsWith("pdu bind=primary/1 direction=out command=submit_sm status=0x0 sequence=")
                .contains("short_message=[7 octets]", "messageId=m0 part=1/1", "octets=000000");
        assertThat(lines.get(3))
                .startsWith("pdu bind=primary/1 direction=in command=submit_sm_resp status=0x0 sequence=")
                .contains("message_id=id", "messageId=m0 part=1/1", "octets=0000001380000004");
        assertThat(String.join("\n", lines))
                .doesNotContain("447700900", "Hello", "secret", "48656c6c6f", "736563726574");
    }

    @Test
    void nothing_is_written_unless_somebody_looks() throws Exception {
        assertThat(submitOne()).isInstanceOf(SendOutcome.Accepted.class);

        assertThat(lines).isEmpty();
    }
}
