package io.smspipeline.router.status;

import io.smspipeline.record.EventKind;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.Receipt;
import io.smspipeline.schemas.address.Handset;
import io.smspipeline.schemas.providerid.IdRule;
import io.smspipeline.schemas.providerid.ProviderIds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings receipts and acceptances together, whichever comes first. A match needs the same provider id, the same handset and
 * a submission whose end is not known yet, so that an id the SMSC uses again does not hit the message that had it before and
 * a repeated receipt changes nothing. An id with several forms lies under each of them, where it may meet the id of another
 * submission to the same handset: then the form that the provider's receipts usually have decides. Plain Java; safe for use by
 * many threads.
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
    private final IdRules rules;

    /** @param rules what is known of providers whose ids have several forms */
    Correlation(StatusSettings settings, IdRules rules) {
        this.settings = settings;
        this.rules = rules;
    }

    /** A receipt and the submission it belongs to. */
    record Match(Awaited awaited, ParkedReceipt receipt) {
        LifecycleEvent event() {
            return Correlation.event(awaited, receipt);
        }
    }

    /**
     * What comes of it.
     *
     * @param after what is known now
     * @param match the receipt that found its submission, if one did
     * @param unsure whether a receipt and a submission could belong together that are better matched a little later: only a
     *     further form of the id speaks for it, and the acceptance of another submission may be on its way
     */
    record Outcome(Correspondence after, Optional<Match> match, boolean unsure) {}

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
                now + settings.receiptTimeout().toMillis() + settings.grace().toMillis(),
                accepted.getAlsoKnownAs());
        if (before.awaited().stream().anyMatch(added::same)) {
            return new Outcome(before, Optional.empty(), false);
        }
        boolean unsure = false;
        for (ParkedReceipt parked : before.parked()) {
            if (belongs(parked, added)) {
                if (isSure(parked, added)) {
                    return matched(
                            new Correspondence(with(before.awaited(), added), before.parked()), added, parked, now);
                }
                unsure = true;
            }
        }
        return accepted.getReceiptExpected() || unsure
                ? new Outcome(
                        new Correspondence(with(before.awaited(), added), before.parked()), Optional.empty(), unsure)
                : new Outcome(before, Optional.empty(), false);
    }

    /** A provider told a final state: perhaps we know of what. */
    Outcome received(Correspondence before, Receipt receipt, long now) {
        ParkedReceipt told = new ParkedReceipt(
                receipt.getProvider(),
                receipt.getProviderMessageId(),
                receipt.getHandset(),
                receipt.getState(),
                receipt.getFailure(),
                receipt.getReceivedAt().toEpochMilli(),
                now + settings.parkedFor().toMillis());
        Candidates found = candidates(before.awaited(), told);
        if (found.sure() != null) {
            return matched(before, found.sure(), told, now);
        }
        List<ParkedReceipt> parked = new ArrayList<>(before.parked());
        parked.removeIf(told::repeats);
        parked.add(told);
        return new Outcome(new Correspondence(before.awaited(), parked), Optional.empty(), found.possible() != null);
    }

    /** After waiting for a better match: what could belong together does. One match at a time. */
    Outcome unsure(Correspondence before, long now) {
        for (ParkedReceipt parked : before.parked()) {
            Candidates found = candidates(before.awaited(), parked);
            Awaited best = found.sure() == null ? found.possible() : found.sure();
            if (best != null) {
                return matched(before, best, parked, now);
            }
        }
        return new Outcome(before, Optional.empty(), false);
    }

    /**
     * To what a receipt could belong: of the newest message that has this id the first part that is open.
     *
     * @param sure by the form of the id that is expected
     * @param possible by another form, when nothing has the expected one
     */
    private record Candidates(
            @Nullable Awaited sure, @Nullable Awaited possible) {}

    private Candidates candidates(List<Awaited> awaited, ParkedReceipt told) {
        Awaited sure = null;
        Awaited possible = null;
        boolean repeated = false;
        for (int i = awaited.size() - 1; i >= 0; i--) {
            Awaited one = awaited.get(i);
            if (!belongs(told, one)) {
                continue;
            }
            if (!isSure(told, one)) {
                possible = one.open() ? earlier(possible, one) : possible;
            } else if (one.open()) {
                sure = earlier(sure, one);
            } else {
                repeated = true;
            }
        }
        return new Candidates(sure, repeated || sure != null ? null : possible);
    }

    private static Awaited earlier(@Nullable Awaited found, Awaited older) {
        return found == null || found.messageId().equals(older.messageId()) ? older : found;
    }

    /** Whether the id is written in the form in which this provider's receipts are expected. */
    private boolean isSure(ParkedReceipt receipt, Awaited awaited) {
        IdRule usual = rules.usual(receipt.provider());
        return usual == null
                ? !awaited.alsoKnownAs()
                : ProviderIds.matches(usual, awaited.providerMessageId(), receipt.id());
    }

    private Outcome matched(Correspondence before, Awaited match, ParkedReceipt receipt, long now) {
        List<Awaited> awaited = new ArrayList<>(before.awaited());
        awaited.set(awaited.indexOf(match), ended(match, receipt, now));
        List<ParkedReceipt> parked = new ArrayList<>(before.parked());
        parked.remove(receipt);
        return new Outcome(new Correspondence(awaited, parked), Optional.of(new Match(match, receipt)), false);
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
