package io.smspipeline.provider.smpp.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReferencesTest {
    private final References references = new References();

    private int octet(String id, String to) {
        return references.of(id, "12345", to) & 0xFF;
    }

    @Test
    void messages_to_one_handset_differ_until_all_256_are_taken() {
        Set<Integer> octets = new HashSet<>();

        for (int i = 0; i < 256; i++) {
            octets.add(octet(UUID.randomUUID().toString(), "+447700900123"));
        }

        assertThat(octets).hasSize(256);
        assertThat(octet("one more", "+447700900123")).isBetween(0, 255);
    }

    @Test
    void a_message_has_the_same_reference_whenever_it_is_asked_for() {
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            String id = "m" + i;
            first.put(id, references.of(id, "12345", "+447700900123"));
        }

        first.forEach((id, reference) ->
                assertThat(references.of(id, "12345", "+447700900123")).isEqualTo(reference));
    }

    @Test
    void another_process_gives_a_message_the_reference_it_had() {
        int here = references.of("m1", "12345", "+447700900123");

        assertThat(new References().of("m1", "12345", "+447700900123"))
                .isEqualTo(here)
                .isEqualTo(References.preferred("m1"));
    }

    @Test
    void what_other_handsets_and_senders_get_takes_nothing_away() {
        for (int i = 0; i < 200; i++) {
            octet("to other " + i, "+44770090" + (1000 + i));
        }

        assertThat(octet("m1", "+447700900123")).isEqualTo(References.preferred("m1") & 0xFF);
        assertThat(references.of("m1 again", "67890", "+447700900123")).isEqualTo(References.preferred("m1 again"));
    }

    @Test
    void messages_of_long_ago_are_forgotten() {
        int first = octet("m1", "+447700900123");
        for (int i = 0; i < 20_000; i++) {
            octet("later " + i, "+4477" + (10_000_000 + i));
        }

        // Nobody has it any more, so whoever prefers it gets it.
        assertThat(octet("m1", "+447700900123")).isEqualTo(first);
    }
}
