package io.smspipeline.provider.smpp;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smspipeline.provider.Availability;
import io.smspipeline.provider.HeldMessages;
import io.smspipeline.provider.LastAnswers;
import io.smspipeline.provider.Plan;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.Slot;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.Wiring;
import io.smspipeline.provider.smpp.held.HeldDesk;
import io.smspipeline.provider.smpp.inbound.InboundDesk;
import io.smspipeline.provider.smpp.inbound.InboundReader;
import io.smspipeline.provider.smpp.session.AsyncSession;
import io.smspipeline.provider.smpp.submit.AnswerMeaning;
import io.smspipeline.provider.smpp.submit.Planner;
import io.smspipeline.provider.smpp.submit.SubmitComposer;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.BindType;
import org.jspecify.annotations.Nullable;

/** The sending side of an SMPP account: transmitters, or transceivers that carry both directions. */
final class SmppProvider implements Provider {
    /** Long messages whose parts may be submitted yet, or once more; far more than are in hand. */
    private static final int REMEMBERED = 4_096;

    private final SmppAccount account;
    private final BindPool pool;
    private final InboundDesk desk;
    private final Planner planner;
    private final SubmitComposer composer;
    private final AnswerMeaning meaning;
    private final SubmitMeters meters;
    private final HighReserve reserve = new HighReserve(System::nanoTime);
    private final Alarm alarm;
    private final MeterRegistry registry;
    private final List<Meter> gauges;
    private final HeldMessages held;
    private final LastAnswers lastAnswers = new LastAnswers(() -> unanswered() == 0);
    private volatile Runnable listener = () -> {};
    private volatile boolean closed;
    /** Where the next search for a bind begins; of the submitting thread alone. */
    private int turn;

    /** Which session the parts of a long message went over. For the submitting thread. */
    private final Map<String, Live> companions = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Live> eldest) {
            return size() > REMEMBERED;
        }
    };

    SmppProvider(SmppAccount account, Wiring wiring) {
        this.account = account;
        SmppSettings settings = account.settings();
        planner = new Planner(settings.rules());
        composer = new SubmitComposer(settings.rules(), wiring.clock());
        meaning = new AnswerMeaning(account.alias(), settings.ids(), settings.statuses());
        meters = new SubmitMeters(account.alias(), wiring.meters());
        alarm = new Alarm(account.alias());
        desk = new InboundDesk(
                new InboundReader(account.alias(), settings.ids(), settings.receiptErrors(), wiring.clock()),
                wiring.inbound(),
                settings.maxUnconfirmed(),
                wiring.meters(),
                account.alias());
        BindType type = settings.mode() == BindMode.SEPARATE ? BindType.BIND_TX : BindType.BIND_TRX;
        pool = new BindPool(account, type, settings.numbers(wiring.replica()), wiring, this::changed, desk::take);
        held = new HeldDesk(
                account.alias(),
                settings.rules(),
                settings.ids(),
                settings.receiptErrors(),
                wiring.clock(),
                this::anySession);
        registry = wiring.meters();
        gauges = measure(registry);
        pool.start();
    }

    private List<Meter> measure(MeterRegistry registry) {
        return List.of(
                Gauge.builder("sms.provider.binds", pool, BindPool::up)
                        .description("Binds that take submissions")
                        .tag("provider", account.alias())
                        .register(registry),
                Gauge.builder("sms.provider.window.used", this, SmppProvider::unanswered)
                        .description("Submissions awaiting their answer")
                        .tag("provider", account.alias())
                        .register(registry));
    }

    private int unanswered() {
        int used = 0;
        for (Bind bind : pool.binds()) {
            used += bind.used();
        }
        return used;
    }

    /** Whether one place is free in all windows together; never where there is but one at all. */
    private boolean isLastPlace() {
        int free = 0;
        int all = 0;
        for (Bind bind : pool.binds()) {
            Live live = bind.live();
            if (live != null) {
                all += live.window().size();
                free += live.window().size() - live.window().used();
            }
        }
        return free <= 1 && all > 1;
    }

    private void changed() {
        listener.run();
        if (closed) {
            lastAnswers.look();
        }
    }

    @Override
    public String alias() {
        return account.alias();
    }

    @Override
    public Availability availability() {
        return pool.availability();
    }

    @Override
    public void onChange(Runnable newListener) {
        listener = newListener;
    }

    @Override
    public boolean givesReceipts() {
        return true;
    }

    @Override
    public Plan plan(OutgoingMessage message) {
        return planner.plan(message);
    }

    @Override
    public @Nullable Slot reserve(Submission submission) {
        if (closed) {
            return null;
        }
        if (submission.message().getPriority() == Priority.HIGH) {
            reserve.highOffered();
        } else if (reserve.isKept() && isLastPlace()) {
            return null;
        }
        Live companion =
                submission.count() > 1 ? companions.get(submission.message().getId()) : null;
        Live live = companion != null && companion.session().takesRequests() ? companion : leastLoaded();
        if (live == null || !live.window().take()) {
            return null;
        }
        return new Place(live);
    }

    /** Of equally loaded binds the one whose turn it is: an idle account would know but its first bind otherwise. */
    private @Nullable Live leastLoaded() {
        List<Bind> binds = pool.binds();
        Live best = null;
        int chosen = turn;
        for (int i = 0; i < binds.size(); i++) {
            int index = (turn + i) % binds.size();
            Live live = binds.get(index).live();
            if (live != null
                    && live.session().takesRequests()
                    && (best == null || live.window().used() < best.window().used())) {
                best = live;
                chosen = index;
            }
        }
        turn = binds.isEmpty() ? 0 : (chosen + 1) % binds.size();
        return best;
    }

    private @Nullable AsyncSession anySession() {
        for (Bind bind : pool.binds()) {
            Live live = bind.live();
            if (live != null && live.session().takesRequests()) {
                return live.session();
            }
        }
        return null;
    }

    @Override
    public Optional<HeldMessages> held() {
        return Optional.of(held);
    }

    @Override
    public void flush() {
        for (Bind bind : pool.binds()) {
            bind.flush();
        }
    }

    @Override
    public void close(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        closed = true;
        desk.close();
        pool.stop();
        flush();
        lastAnswers.await(deadline);
        desk.awaitIdle(deadline);
        pool.close();
        gauges.forEach(registry::remove);
    }

    @Override
    public void close() {
        close(account.settings().timing().response());
    }

    /** Room in the window of one session. */
    private final class Place implements Slot {
        private final Live live;

        Place(Live live) {
            this.live = live;
        }

        @Override
        public CompletionStage<SendOutcome> submit(Submission submission, Duration validity) {
            if (submission.count() > 1) {
                companions.put(submission.message().getId(), live);
            }
            CompletableFuture<SendOutcome> outcome = new CompletableFuture<>();
            SubmitRequest request =
                    new SubmitRequest(account.alias(), alarm, submission, live, meaning, meters, reserve, outcome);
            try {
                live.session().send(sequence -> compose(sequence, submission, validity), request);
            } catch (UnwritableException e) {
                request.settle(meaning.ofUnwritable(String.valueOf(e.getMessage())));
                listener.run();
            }
            if (live.window().isFull()) {
                live.session().flush();
            } else {
                live.session().flushLarge();
            }
            return outcome;
        }

        @Override
        public void release() {
            live.window().free();
        }
    }

    private byte[] compose(int sequence, Submission submission, Duration validity) {
        try {
            return composer.compose(sequence, submission, validity);
        } catch (PDUStringException e) {
            throw new UnwritableException(e);
        }
    }

    /** A field is too long for SMPP. */
    private static final class UnwritableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnwritableException(PDUStringException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
