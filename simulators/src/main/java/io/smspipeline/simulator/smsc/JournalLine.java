package io.smspipeline.simulator.smsc;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.smspipeline.simulator.smsc.wire.MessageBody;
import io.smspipeline.simulator.smsc.wire.OctetReader;
import io.smspipeline.simulator.smsc.wire.OctetWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a {@link FileJournal}: a debt, a delivery that was taken, or the greatest number that was ever used.
 *
 * @param greatest numbers up to this one were used
 * @param debt number of a message, or of a text from a handset
 * @param account system_id it is owed to
 * @param owed what it is owed; null in a line that says it was taken
 * @param done index of the delivery that was taken
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JournalLine(
        @Nullable Long greatest,
        @Nullable Long debt,
        @Nullable String account,
        @Nullable List<Entry> owed,
        @Nullable Integer done) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * One delivery.
     *
     * @param at when it is due, in milliseconds since 1970
     * @param receipted id of the message it is a receipt for; null for a message from a handset
     * @param body of the deliver_sm, as on the wire
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @SuppressWarnings("ArrayRecordComponent") // is only ever written and read, never compared
    record Entry(int index, long at, @Nullable String receipted, byte[] body) {
        static Entry of(Owed owed) {
            OctetWriter body = new OctetWriter(256);
            owed.delivery().body().write(body);
            return new Entry(
                    owed.delivery().index(),
                    owed.due().toEpochMilli(),
                    owed.delivery().receipted(),
                    body.toByteArray());
        }

        Owed owedFor(long debt) {
            MessageBody read = MessageBody.read(new OctetReader(body, 0, body.length));
            return new Owed(new WrittenDelivery(debt, index, read, receipted), Instant.ofEpochMilli(at));
        }
    }

    static JournalLine greatest(long number) {
        return new JournalLine(number, null, null, null, null);
    }

    static JournalLine debt(long number, String account, List<Owed> owed) {
        return new JournalLine(
                null, number, account, owed.stream().map(Entry::of).toList(), null);
    }

    static JournalLine done(long debt, int index) {
        return new JournalLine(null, debt, null, null, index);
    }

    /** @throws JsonProcessingException when it is no such line, or only the beginning of one */
    static JournalLine read(String line) throws JsonProcessingException {
        return JSON.readValue(line, JournalLine.class);
    }

    byte[] octets() {
        if (done != null) {
            // Half of all lines: by hand in a tenth of the time.
            return ("{\"debt\":" + debt + ",\"done\":" + done + "}").getBytes(StandardCharsets.US_ASCII);
        }
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a journal line that cannot be written: " + this, e);
        }
    }
}
