package io.smspipeline.router.status;

import io.smspipeline.record.Failure;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.router.state.StateReader;
import io.smspipeline.router.state.StateWriter;
import java.util.List;

/**
 * All that is known under one provider id: whose receipts are awaited, and receipts that nobody awaits yet. Providers use ids
 * again, so it may be several of each. Immutable.
 *
 * @param awaited oldest first
 * @param parked oldest first
 */
record Correspondence(List<Awaited> awaited, List<ParkedReceipt> parked) {
    static final Correspondence NONE = new Correspondence(List.of(), List.of());

    private static final int FORM = 2;

    Correspondence {
        awaited = List.copyOf(awaited);
        parked = List.copyOf(parked);
    }

    boolean isEmpty() {
        return awaited.isEmpty() && parked.isEmpty();
    }

    /** When the first of it is to be given up, epoch milliseconds. */
    long deadline() {
        long deadline = Long.MAX_VALUE;
        for (Awaited one : awaited) {
            deadline = Math.min(deadline, one.until());
        }
        for (ParkedReceipt one : parked) {
            deadline = Math.min(deadline, one.until());
        }
        return deadline;
    }

    /** @param deadline when to look at it again, epoch milliseconds */
    byte[] written(long deadline) {
        return new StateWriter(FORM, deadline)
                .list(
                        awaited,
                        (out, one) -> out.text(one.messageId())
                                .text(one.to())
                                .number(one.part())
                                .number(one.parts())
                                .number(one.attempt())
                                .text(one.providerMessageId())
                                .number(one.acceptedAt())
                                .text(one.ended())
                                .number(one.until())
                                .flag(one.alsoKnownAs()))
                .list(
                        parked,
                        (out, one) -> out.text(one.provider())
                                .text(one.handset())
                                .text(one.state().name())
                                .failure(one.failure())
                                .number(one.receivedAt())
                                .number(one.until())
                                .text(one.id()))
                .written();
    }

    static Correspondence read(byte[] octets) {
        StateReader in = new StateReader("correspondence", FORM, octets);
        return new Correspondence(
                in.list(one -> new Awaited(
                        one.word(),
                        one.word(),
                        one.count(),
                        one.count(),
                        one.count(),
                        one.word(),
                        one.number(),
                        one.text(),
                        one.number(),
                        one.form() > 1 && one.flag())),
                in.list(one -> {
                    String provider = one.word();
                    String handset = one.word();
                    ReceiptState state = ReceiptState.valueOf(one.word());
                    Failure failure = one.failure();
                    long receivedAt = one.number();
                    long until = one.number();
                    return new ParkedReceipt(
                            provider, one.form() > 1 ? one.word() : "", handset, state, failure, receivedAt, until);
                }));
    }
}
