package io.smspipeline.service.start;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** An older slf4j on the class path would turn all logging into nothing without a word; these tests would say it. */
class LiveLoggerTest {
    @Test
    void slf4j_is_bound_to_logback() {
        assertThat(LoggerFactory.getILoggerFactory()).isInstanceOf(LoggerContext.class);
        assertThat(LoggerFactory.getLogger("io.smspipeline.x").isInfoEnabled()).isTrue();
        assertThat(LoggerFactory.getLogger("io.smspipeline.x").isDebugEnabled()).isFalse();
    }

    @Test
    void logs_go_to_stderr_and_kafkas_chatter_does_not_go_anywhere() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

        ConsoleAppender<ILoggingEvent> appender = (ConsoleAppender<ILoggingEvent>) root.getAppender("stderr");

        assertThat(appender.getTarget()).isEqualTo("System.err");
        assertThat(appender.isStarted()).isTrue();
        assertThat(((Logger) LoggerFactory.getLogger("org.apache.kafka.clients")).getEffectiveLevel())
                .isEqualTo(Level.WARN);
    }
}
