package io.smspipeline.provider.smpp;

import io.smspipeline.provider.Pace;
import io.smspipeline.provider.Replica;
import io.smspipeline.provider.smpp.inbound.ReceiptErrors;
import io.smspipeline.provider.smpp.session.Dialer;
import io.smspipeline.provider.smpp.session.Login;
import io.smspipeline.provider.smpp.session.SessionTiming;
import io.smspipeline.provider.smpp.submit.StatusTable;
import io.smspipeline.provider.smpp.submit.SubmitRules;
import io.smspipeline.provider.smpp.trace.PduTrace;
import io.smspipeline.schemas.providerid.IdRule;
import io.smspipeline.settings.PersonalData;
import io.smspipeline.settings.SecretSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.jsmpp.bean.BindType;
import org.jspecify.annotations.Nullable;

/**
 * An SMPP account as configured.
 *
 * @param login as whom to bind; host, port and password are those of the first host, and of the start
 * @param password as it is now
 * @param hosts at least one, in the order in which they are tried
 * @param firstHostCheck how often a bind at another host looks for the first one
 * @param binds of each kind, over all processes
 * @param window unanswered submit_sm on one bind
 * @param partsPerSecond of the whole account; 0 for no limit of ours
 * @param maxUnrecorded for a process that is alone; null follows from window and rate
 * @param patience how long it may be away before messages with an alternative are handed back
 * @param maxUnconfirmed from the SMSC, on one side of the account, waiting to be made safe
 */
record SmppSettings(
        Login login,
        SecretSource password,
        List<Host> hosts,
        Duration firstHostCheck,
        BindMode mode,
        int binds,
        int window,
        double partsPerSecond,
        @Nullable Integer maxUnrecorded,
        Duration patience,
        SessionTiming timing,
        Rebind rebind,
        IdRule ids,
        StatusTable statuses,
        ReceiptErrors receiptErrors,
        SubmitRules rules,
        int maxUnconfirmed,
        Dialer dialer) {

    /** Numbers, from 0, of the binds that this process opens. */
    List<Integer> numbers(Replica replica) {
        return IntStream.range(0, binds).filter(replica::opens).boxed().toList();
    }

    Pace pace(Replica replica) {
        // A process without a bind of the account feeds nothing; its pace only has to be a valid one.
        int own = Math.max(1, replica.shareOf(binds)) * window;
        int unrecorded = maxUnrecorded == null
                ? Pace.defaultMaxUnrecorded(own, partsPerSecond)
                : Math.max(own, maxUnrecorded / replica.of());
        return new Pace(own, partsPerSecond, unrecorded, patience);
    }

    Bind.Setup setup(
            String alias, BindType type, PersonalData personalData, Executor executor, ScheduledExecutorService timer) {
        return new Bind.Setup(
                type,
                hosts,
                host -> login.at(host.name(), host.port(), password.now()),
                dialer,
                timing,
                rebind,
                firstHostCheck,
                window,
                new Admission(alias, rebind, timer),
                name -> new PduTrace(name, personalData),
                executor,
                timer,
                new Random(new SecureRandom().nextLong()));
    }
}
