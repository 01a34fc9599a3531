package io.smspipeline.simulator.smsc.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.OctetWriter;
import io.smspipeline.simulator.smsc.wire.RawPdu;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PduLogTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00.123Z"), ZoneOffset.UTC);

    @TempDir
    private Path directory;

    private List<JsonNode> lines(Path file) throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private List<JsonNode> logged(byte[] octets) throws Exception {
        Path file = directory.resolve("pdus");
        try (PduLog log = PduLog.to(file, CLOCK)) {
            log.add(7, "demo", PduLog.Direction.IN, octets, octets.length);
        }
        return lines(file);
    }

    private static byte[] submit() {
        OctetWriter out = new OctetWriter(128);
        int start = out.begin(CommandId.SUBMIT_SM, 0, 42);
        out.cString("CMT").u8(5).u8(0).cString("Shop").u8(1).u8(1).cString("447700900123");
        out.u8(0)
                .u8(0)
                .u8(1)
                .cString("")
                .cString("000000010000000R")
                .u8(1)
                .u8(0)
                .u8(0)
                .u8(0);
        out.u8(3).u8('1').u8(0).u8('2').tlv(0x0204, new byte[] {0, 9}).end(start);
        return out.toByteArray();
    }

    @Test
    void a_line_tells_when_who_what_and_every_octet() throws Exception {
        JsonNode line = logged(submit()).get(0);

        assertThat(line.get("time").asText()).isEqualTo("2026-11-21T10:00:00.123Z");
        assertThat(line.get("session").asInt()).isEqualTo(7);
        assertThat(line.get("systemId").asText()).isEqualTo("demo");
        assertThat(line.get("direction").asText()).isEqualTo("in");
        assertThat(line.get("command").asText()).isEqualTo("submit_sm");
        assertThat(line.get("status").asText()).isEqualTo("0x00");
        assertThat(line.get("sequence").asInt()).isEqualTo(42);
        assertThat(line.get("octets").asText()).isEqualTo(HexFormat.of().formatHex(submit()));
        JsonNode fields = line.get("fields");
        assertThat(fields.get("serviceType").asText()).isEqualTo("CMT");
        assertThat(fields.get("sourceTon").asInt()).isEqualTo(5);
        assertThat(fields.get("destAddr").asText()).isEqualTo("447700900123");
        assertThat(fields.get("validityPeriod").asText()).isEqualTo("000000010000000R");
        assertThat(fields.get("shortMessage").asText()).isEqualTo("310032");
        assertThat(fields.get("text").asText()).isEqualTo("1@2");
        assertThat(fields.get("tlvs").get("0x0204").asText()).isEqualTo("0009");
    }

    @Test
    void a_password_is_in_no_field_and_no_octet() throws Exception {
        OctetWriter out = new OctetWriter(64);
        int start = out.begin(CommandId.BIND_TRANSCEIVER, 0, 1);
        out.cString("demo").cString("secret").cString("t").u8(0x34).u8(0).u8(0).cString("");
        out.end(start);

        JsonNode line = logged(out.toByteArray()).get(0);

        assertThat(line.toString())
                .doesNotContain("secret")
                .doesNotContain(
                        HexFormat.of().formatHex("secret".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        assertThat(line.get("fields").get("systemId").asText()).isEqualTo("demo");
        assertThat(line.get("fields").get("password").asText()).isEqualTo("******");
        assertThat(line.get("fields").get("interfaceVersion").asText()).isEqualTo("0x34");
    }

    @Test
    void what_cannot_be_read_is_told_with_its_octets() throws Exception {
        OctetWriter out = new OctetWriter(64);
        out.octets(new RawPdu(CommandId.SUBMIT_SM, 0, 5, new byte[] {'a', 'b'}).octets());
        out.header(0x0123, 0, 6);
        out.i32(0x7FFFFFFF).i32(0).i32(0).i32(0);

        List<JsonNode> lines = logged(out.toByteArray());

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).get("malformed").asText()).contains("NUL");
        assertThat(lines.get(0).get("octets").asText()).endsWith("6162");
        assertThat(lines.get(1).get("command").asText()).isEqualTo("0x00000123");
        assertThat(lines.get(2).get("malformed").asText()).contains("command_length");
        assertThat(lines.get(2).get("octets").asText()).hasSize(32);
    }

    @Test
    void no_octets_keep_a_line_from_being_json() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Path file = directory.resolve("random");
        int[] commands = {1, 2, 3, 4, 5, 7, 8, 9, 0x0B, 0x21, 0x102, 0x103, 0x80000003, 0x80000004, 0x80000009};
        try (PduLog log = PduLog.to(file, CLOCK)) {
            for (int i = 0; i < 3000; i++) {
                byte[] body = new byte[random.nextInt(80)];
                random.nextBytes(body);
                byte[] pdu = new RawPdu(commands[i % commands.length], 0, i, body).octets();
                log.add(1, null, PduLog.Direction.OUT, pdu, pdu.length);
            }
        }

        assertThat(lines(file)).as("seed %s", seed).hasSize(3000);
    }

    @Test
    void all_lines_are_there_however_fast_they_come() throws Exception {
        Path file = directory.resolve("fast");
        byte[] pdu = submit();
        try (PduLog log = PduLog.to(file, CLOCK)) {
            for (int i = 0; i < 20_000; i++) {
                log.add(1, "demo", PduLog.Direction.IN, pdu, pdu.length);
            }
        }

        assertThat(Files.readAllLines(file)).hasSize(20_000);
    }
}
