package io.smspipeline.simulator.smsc;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Everybody who ever bound, and as whom they send. Safe for use by many threads. */
final class Accounts {
    private static final int SENDERS_REMEMBERED = 10_000;

    private final SmscCore smsc;
    private final @Nullable String first;
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final Map<String, Account> senders = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Account> eldest) {
            return size() > SENDERS_REMEMBERED;
        }
    };

    /** @param first the system_id that gets what handsets send to nobody in particular; null = whoever can receive */
    Accounts(SmscCore smsc, @Nullable String first) {
        this.smsc = smsc;
        this.first = first;
    }

    /** The account of this system_id, made when there is none. */
    Account get(String systemId) {
        return accounts.computeIfAbsent(systemId, id -> new Account(id, smsc));
    }

    Collection<Account> all() {
        return accounts.values();
    }

    /** The account that last sent as this sender id, to which an answer goes. */
    void rememberSender(String senderId, Account account) {
        synchronized (senders) {
            senders.put(senderId, account);
        }
    }

    /** Who gets what a handset sends to this sender id; empty when nobody ever bound. */
    Optional<Account> receiverFor(String senderId) {
        synchronized (senders) {
            Account remembered = senders.get(senderId);
            if (remembered != null) {
                return Optional.of(remembered);
            }
        }
        if (first != null) {
            return Optional.of(get(first));
        }
        return accounts.values().stream()
                .filter(account -> account.mailbox().canReceive())
                .findFirst()
                .or(() -> accounts.values().stream().findFirst());
    }
}
