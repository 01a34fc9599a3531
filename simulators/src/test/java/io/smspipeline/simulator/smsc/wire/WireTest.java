package io.smspipeline.simulator.smsc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WireTest {
    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @Test
    void a_submit_sm_is_read_field_by_field() {
        byte[] body = hex("434d5400 05 00 53686f7000 01 01 34343737303000 40 00 01 00 00 01 00 08 00 02 0041"
                + "0204 0002 00ff 1400 0001 2a");

        MessageBody read = MessageBody.read(new OctetReader(body, 0, body.length));

        assertThat(read.serviceType()).isEqualTo("CMT");
        assertThat(read.source()).isEqualTo(new Address(5, 0, "Shop"));
        assertThat(read.destination()).isEqualTo(new Address(1, 1, "447700"));
        assertThat(read.esmClass()).isEqualTo(0x40);
        assertThat(read.priority()).isEqualTo(1);
        assertThat(read.registeredDelivery()).isEqualTo(1);
        assertThat(read.dataCoding()).isEqualTo(8);
        assertThat(read.shortMessage()).containsExactly(0, 0x41);
        assertThat(read.number(Tag.USER_MESSAGE_REFERENCE)).isEqualTo(255);
        assertThat(read.tlv(0x1400)).containsExactly(0x2a);
        assertThat(read.tlv(Tag.MESSAGE_PAYLOAD)).isNull();
        OctetWriter again = new OctetWriter(16);
        read.write(again);
        assertThat(again.toByteArray()).isEqualTo(body);
    }

    @Test
    void the_payload_is_the_content_when_there_is_one() {
        OctetWriter tlvs = new OctetWriter(16);
        tlvs.tlv(Tag.MESSAGE_PAYLOAD, "long".getBytes(StandardCharsets.US_ASCII));
        MessageBody body = MessageBody.delivery(
                new Address(1, 1, "1"), new Address(1, 1, "2"), 0, 0, new byte[0], tlvs.toByteArray());

        assertThat(new String(body.content(), StandardCharsets.US_ASCII)).isEqualTo("long");
    }

    @Test
    void no_octets_do_worse_than_being_malformed() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int malformed = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = new byte[random.nextInt(80)];
            random.nextBytes(octets);
            try {
                MessageBody body = MessageBody.read(new OctetReader(octets, 0, octets.length));
                body.content();
                body.number(Tag.SAR_TOTAL_SEGMENTS);
            } catch (MalformedPduException e) {
                malformed++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + " round " + i, e);
            }
        }
        assertThat(malformed).as("seed %s", seed).isPositive();
    }

    @Test
    void a_string_without_its_nul_is_malformed() {
        byte[] octets = "abcdefgh".getBytes(StandardCharsets.US_ASCII);

        assertThatExceptionOfType(MalformedPduException.class)
                .isThrownBy(() -> new OctetReader(octets, 0, octets.length).cString(21));
        assertThatExceptionOfType(MalformedPduException.class)
                .isThrownBy(() -> new OctetReader(hex("6162636400"), 0, 5).cString(4));
    }

    @Test
    void pdus_stand_one_behind_another_with_their_lengths() {
        OctetWriter out = new OctetWriter(1);
        out.header(CommandId.ENQUIRE_LINK, 0, 1);
        int start = out.begin(CommandId.SUBMIT_SM_RESP, 0, 2);
        out.cString("ab").end(start);

        assertThat(out.toByteArray())
                .isEqualTo(hex("00000010 00000015 00000000 00000001 00000013 80000004 00000000 00000002 616200"));
    }
}
