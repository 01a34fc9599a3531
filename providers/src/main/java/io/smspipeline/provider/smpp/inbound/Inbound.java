package io.smspipeline.provider.smpp.inbound;

import io.smspipeline.record.MoPart;
import io.smspipeline.record.Receipt;

/** What a deliver_sm or data_sm turned out to be. */
sealed interface Inbound {
    /**
     * A delivery receipt.
     *
     * @param correlationId under which its message is looked up; empty when it names none
     */
    record OfReceipt(Receipt receipt, String correlationId) implements Inbound {}

    /** A part from a handset, or something that could not be read. */
    record OfMo(MoPart part) implements Inbound {}
}
