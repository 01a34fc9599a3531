package io.smspipeline.router.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.schemas.registry.SchemaRegistryException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class UnreadableTest {
    @Test
    void a_registry_that_does_not_answer_is_told_apart_from_octets_that_are_no_record() {
        assertThat(Unreadable.registryUnreachable(
                        SchemaRegistryException.unreachable("away", new ConnectException("refused"))))
                .isTrue();
        assertThat(Unreadable.registryUnreachable(SchemaRegistryException.refused("no such id")))
                .isFalse();
        assertThat(Unreadable.registryUnreachable(new SerializationException("cut", new EOFException())))
                .isFalse();
        assertThat(Unreadable.registryUnreachable(new SerializationException("not our format")))
                .isFalse();
    }

    @Test
    void a_foreign_deserializer_says_so_with_exceptions_of_the_network() {
        for (Exception network : new Exception[] {
            new ConnectException("refused"),
            new SocketTimeoutException("slow"),
            new UnknownHostException("registry"),
            new TimeoutException("slow")
        }) {
            assertThat(Unreadable.registryUnreachable(new SerializationException("Error retrieving schema", network)))
                    .as(network.toString())
                    .isTrue();
        }
    }
}
