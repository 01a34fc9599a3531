package io.smspipeline.provider.smpp.submit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "+447700900000, 1, 1, 447700900000",
        "447700900000, 1, 1, 447700900000",
        "12345, 3, 0, 12345",
        "123, 3, 0, 123",
        "ACME, 5, 0, ACME",
        "Acme 24/7, 5, 0, Acme 24/7",
        "12-34, 5, 0, 12-34"
    })
    void the_kind_of_sender_follows_from_what_it_looks_like(String from, int ton, int npi, String text) {
        assertThat(Address.ofSender(from)).contains(new Address(ton, npi, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "+12345", "1234567890123456", "TwelveLetter", "Ärger", "{five}brace", "a`b"})
    void what_no_handset_could_show_is_no_sender(String from) {
        assertThat(Address.ofSender(from)).isEmpty();
    }

    @Test
    void no_sender_leaves_it_to_the_smsc() {
        assertThat(Address.ofSender("")).contains(Address.NONE);
    }

    @Test
    void a_recipient_is_international_without_its_plus() {
        assertThat(Address.ofRecipient("+44 7700 900123")).contains(new Address(1, 1, "447700900123"));
        assertThat(Address.ofRecipient("12")).isEmpty();
    }

    @Test
    void an_account_may_demand_another_numbering() {
        assertThat(new Address(3, 0, "12345").numbered(0, 1)).isEqualTo(new Address(0, 1, "12345"));
        assertThat(new Address(3, 0, "12345").numbered(-1, -1)).isEqualTo(new Address(3, 0, "12345"));
    }

    @Test
    void an_international_number_from_outside_gets_its_plus() {
        assertThat(Address.written(1, "447700900123")).isEqualTo("+447700900123");
        assertThat(Address.written(1, "+447700900123")).isEqualTo("+447700900123");
        assertThat(Address.written(0, "447700900123")).isEqualTo("447700900123");
        assertThat(Address.written(5, "ACME")).isEqualTo("ACME");
    }
}
