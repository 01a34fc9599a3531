package io.smspipeline.router.status;

import io.smspipeline.record.EventKind;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings receipts and acceptances together, whichever comes first. A match needs the same provider id, the same handset and
 * a submission whose end is not known yet, so that an id the SMSC uses again does not hit the message that had it before and
 * a repeated receipt changes nothing. Plain Java without state; safe for use by many threads.
 */
final class Correlation {
    /**
     * How long before its acceptance was written a receipt may have come: one that is older belongs to whoever had the id
     * before. Generous, as the clocks of sender and receiver may differ and an answer may be late.
     */
    static final Duration HEAD_START = Duration.ofMinutes(10);

    /** A provider may give all parts of a message one id, and 255 is the most parts; one that has but few ids ends here. */
    private static final int MOST = 300;

    private static final String SOURCE = "status";

    private final StatusSettings settings;

    Correlation(StatusSettings settings) {
        this.settings = settings;
    }

    /**
     * What comes of it.
     *
     * @param after what is known now
     * @param receipt the receipt as an event of its message; empty when it found none
     */
    record Outcome(Correspondence after, Optional<LifecycleEvent> receipt) {}

    /** The provider took a submission: perhaps its receipt is here already. */
    Outcome accepted(Correspondence before, LifecycleEvent accepted, long now) {
        String id = accepted.getProviderMessageId();
        Awaited added = new Awaited(
                accepted.getMessageId(),
                accepted.getTo(),
                accepted.getPart(),
                accepted.getParts(),
                accepted.getAttempt(),
                id == null ? "" : id,
                accepted.getAt().toEpochMilli(),
                null,
                now + settings.receiptTimeout().toMillis() + settings.grace().toMillis());
        if (before.awaited().stream().anyMatch(added::same)) {
            return new Outcome(before, Optional.empty());
        }
        for (ParkedReceipt parked : before.parked()) {
            if (belongs(parked, added)) {
                List<ParkedReceipt> rest = new ArrayList<>(before.parked());
                rest.remove(parked);
                return new Outcome(
                        new Correspondence(with(before.awaited(), ended(added, parked, now)), rest),
                        Optional.of(event(added, parked)));
            }
        }
        return accepted.getReceiptExpected()
                ? new Outcome(new Correspondence(with(before.awaited(), added), before.parked()), Optional.empty())
                : new Outcome(before, Optional.empty());
    }

    /** A provider told a final state: perhaps we know of what. */
    Outcome received(Correspondence before, Receipt receipt, long now) {
        ParkedReceipt told = new ParkedReceipt(
                receipt.getProvider(),
                receipt.getHandset(),
                receipt.getState(),
                receipt.getFailure(),
                receipt.getReceivedAt().toEpochMilli(),
                now + settings.parkedFor().toMillis());
        // The newest message that has this id, and of that one the first part that is open.
        Awaited match = null;
        for (int i = before.awaited().size() - 1; i >= 0; i--) {
            Awaited one = before.awaited().get(i);
            if (match != null && !one.messageId().equals(match.messageId())) {
                break;
            }
            if (one.open() && belongs(told, one)) {
                match = one;
            }
        }
        if (match != null) {
            List<Awaited> awaited = new ArrayList<>(before.awaited());
            awaited.set(awaited.indexOf(match), ended(match, told, now));
            return new Outcome(new Correspondence(awaited, before.parked()), Optional.of(event(match, told)));
        }
        List<ParkedReceipt> parked = new ArrayList<>(before.parked());
        parked.removeIf(told::repeats);
        parked.add(told);
        return new Outcome(new Correspondence(before.awaited(), parked), Optional.empty());
    }

    /**
     * What is left at this moment.
     *
     * @param unmatched receipts given up, of which we know nothing
     * @param repeats receipts given up that say what an earlier one of the same submission said
     */
    record Rest(Correspondence after, List<ParkedReceipt> unmatched, int repeats) {}

    /** Gives up what waited long enough. */
    Rest withoutOverdue(Correspondence before, long now) {
        List<ParkedReceipt> unmatched = new ArrayList<>();
        int repeats = 0;
        for (ParkedReceipt parked : before.parked()) {
            if (parked.until() > now) {
                continue;
            }
            if (before.awaited().stream()
                    .anyMatch(one ->
                            parked.state().name().equals(one.ended()) && Handset.same(one.to(), parked.handset()))) {
                repeats++;
            } else {
                unmatched.add(parked);
            }
        }
        return new Rest(
                new Correspondence(
                        before.awaited().stream()
                                .filter(one -> one.until() > now)
                                .toList(),
                        before.parked().stream()
                                .filter(one -> one.until() > now)
                                .toList()),
                unmatched,
                repeats);
    }

    private static boolean belongs(ParkedReceipt receipt, Awaited awaited) {
        return Handset.same(receipt.handset(), awaited.to())
                && receipt.receivedAt() >= awaited.acceptedAt() - HEAD_START.toMillis();
    }

    private Awaited ended(Awaited awaited, ParkedReceipt receipt, long now) {
        return awaited.endedWith(receipt.state().name(), now + settings.grace().toMillis());
    }

    private static List<Awaited> with(List<Awaited> awaited, Awaited added) {
        List<Awaited> all = new ArrayList<>(awaited);
        all.add(added);
        if (all.size() > MOST) {
            Awaited least = all.stream().filter(one -> !one.open()).findFirst().orElse(all.get(0));
            all.remove(least);
        }
        return all;
    }

    private static LifecycleEvent event(Awaited awaited, ParkedReceipt receipt) {
        return new LifecycleEvent(
                awaited.messageId(),
                awaited.to(),
                null,
                awaited.part(),
                awaited.parts(),
                EventKind.RECEIPT,
                receipt.provider(),
                awaited.providerMessageId(),
                receipt.state(),
                receipt.failure(),
                awaited.attempt(),
                false,
                false,
                false,
                false,
                false,
                null,
                Map.of(),
                null,
                Instant.ofEpochMilli(receipt.receivedAt()),
                SOURCE);
    }
}
