package io.smspipeline.receiver;

import io.smspipeline.record.MoPart;
import io.smspipeline.record.Receipt;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.schemas.trust.TrustedRecords;
import java.nio.ByteBuffer;
import java.time.Instant;

/** What providers send. */
final class Arrivals {
    static {
        TrustedRecords.trust();
    }

    private Arrivals() {}

    static Receipt receipt(String provider, String id) {
        return Receipt.newBuilder()
                .setProvider(provider)
                .setProviderMessageId(id)
                .setState(ReceiptState.DELIVERED)
                .setFinal$(true)
                .setHandset("+447700900123")
                .setSender("12345")
                .setRaw(ByteBuffer.wrap(new byte[] {1}))
                .setReceivedAt(Instant.EPOCH)
                .build();
    }

    static MoPart part(String provider, String handset) {
        return MoPart.newBuilder()
                .setId("fingerprint")
                .setProvider(provider)
                .setFrom(handset)
                .setTo("12345")
                .setText("Yes")
                .setRaw(ByteBuffer.wrap(new byte[] {1}))
                .setReceivedAt(Instant.EPOCH)
                .build();
    }
}
