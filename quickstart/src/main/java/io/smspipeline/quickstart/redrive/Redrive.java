package io.smspipeline.quickstart.redrive;

import io.smspipeline.quickstart.tail.TopicTail;
import io.smspipeline.schemas.deadletter.DeadLetter;
import io.smspipeline.schemas.deadletter.Redriven;
import io.smspipeline.schemas.topic.RedriveTopic;
import io.smspipeline.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Brings dead letters back. Each is written to its group's own topic, which is at the same time the book of what was brought
 * back: a letter that stands there already is not brought a second time unless somebody insists. Handlers read that topic. A
 * letter of one of the pipeline's services is also put back where it lay, in the same transaction: no other service reads
 * that topic. Of two who redrive at once the first is stopped by the second. For use by one thread.
 */
public final class Redrive {
    private static final int PER_TRANSACTION = 500;

    private final Map<String, Object> consumer;
    private final Map<String, Object> producer;
    private final Topics topics;
    private final Function<ConsumerRecord<byte[], byte[]>, String> messageIdOf;
    private final Duration patience;

    /**
     * @param consumer Kafka's settings for reading; an administrator's are made of them too
     * @param producer those for writing, without serializers
     * @param messageIdOf the message a letter is about
     * @param patience for reading each topic to its end
     */
    public Redrive(
            Map<String, Object> consumer,
            Map<String, Object> producer,
            Topics topics,
            Function<ConsumerRecord<byte[], byte[]>, String> messageIdOf,
            Duration patience) {
        this.consumer = consumer;
        this.producer = producer;
        this.topics = topics;
        this.messageIdOf = messageIdOf;
        this.patience = patience;
    }

    /**
     * What came of it.
     *
     * @param redriven letters brought back
     * @param before letters that are meant but were brought back before
     * @param empty letters that are meant but carry no octets, as Kafka refused those
     */
    public record Outcome(int redriven, int before, int empty) {}

    /** How many letters {@link #bring} would bring; nothing is written. */
    public Outcome count(Wanted wanted, boolean again) {
        Tally tally = new Tally(wanted, again);
        letters(tally::decide);
        return tally.outcome();
    }

    /**
     * Brings what is wanted.
     *
     * @param again brings also what was brought before
     * @throws KafkaException when Kafka is away, or somebody else began to redrive meanwhile
     */
    public Outcome bring(Wanted wanted, boolean again) {
        Map<String, Object> settings = new HashMap<>(producer);
        // One name for all: whoever begins ends what another left half done, so that the books are complete when read.
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topics.prefix() + "sms-redrive");
        try (KafkaProducer<byte[], byte[]> out =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            out.initTransactions();
            Tally tally = new Tally(wanted, again);
            try (Admin admin = Admin.create(consumer)) {
                new RedriveTopic(admin, topics).create(tally.groups);
            }
            int[] open = {0};
            letters(letter -> {
                Redriven redriven = tally.decide(letter);
                if (redriven != null) {
                    if (open[0]++ == 0) {
                        out.beginTransaction();
                    }
                    write(out, letter, redriven);
                    if (open[0] == PER_TRANSACTION) {
                        out.commitTransaction();
                        open[0] = 0;
                    }
                }
            });
            if (open[0] > 0) {
                out.commitTransaction();
            }
            return tally.outcome();
        }
    }

    private void write(KafkaProducer<byte[], byte[]> out, ConsumerRecord<byte[], byte[]> letter, Redriven redriven) {
        out.send(redriven.forGroup(letter, topics.redrive(text(letter.headers(), DeadLetter.GROUP))));
        String origin = text(letter.headers(), DeadLetter.TOPIC);
        if (!isHandled(origin)) {
            out.send(Redriven.asItWas(letter, origin, Integer.valueOf(text(letter.headers(), DeadLetter.PARTITION))));
        }
    }

    private void letters(Consumer<ConsumerRecord<byte[], byte[]>> each) {
        read(topics.deadLetter(), each);
    }

    private void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try (TopicTail tail = TopicTail.fromBeginning(consumer, List.of(topic))) {
            boolean whole = tail.toEnd(patience, record -> {
                each.accept(record);
                return true;
            });
            if (!whole) {
                throw new KafkaException(topic + " was not read to its end within " + patience.toSeconds() + " s");
            }
        }
    }

    /** What handlers read; all other topics are read by one service of ours. */
    private boolean isHandled(String topic) {
        return topic.equals(topics.status().name())
                || topic.equals(topics.inbound().name());
    }

    private static String text(Headers headers, String name) {
        String value = DeadLetter.header(headers, name);
        return value == null ? "" : value;
    }

    /** Decides about letters and counts. */
    private final class Tally {
        private final Wanted wanted;
        private final boolean again;
        private final Set<String> groups = new HashSet<>();
        private final Map<String, Integer> brought = new HashMap<>();
        private int redriven;
        private int before;
        private int empty;

        Tally(Wanted wanted, boolean again) {
            this.wanted = wanted;
            this.again = again;
            letters(letter -> {
                if (isWanted(letter)) {
                    groups.add(text(letter.headers(), DeadLetter.GROUP));
                }
            });
            try (Admin admin = Admin.create(consumer)) {
                Set<String> present = admin.listTopics().names().get();
                groups.stream().map(topics::redrive).filter(present::contains).forEach(this::readBook);
            } catch (ExecutionException e) {
                throw new KafkaException("cannot read the cluster's topics: " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KafkaException("interrupted while reading the cluster's topics", e);
            }
        }

        private void readBook(String book) {
            read(book, entry -> {
                String letter = DeadLetter.header(entry.headers(), Redriven.LETTER);
                if (letter != null) {
                    brought.merge(what(entry, letter), 1, Integer::sum);
                }
            });
        }

        /** A letter of services counts as brought when another service's letter of the same record was. */
        private String what(ConsumerRecord<byte[], byte[]> record, String letter) {
            Headers headers = record.headers();
            String origin = text(headers, DeadLetter.TOPIC);
            return isHandled(origin)
                    ? letter
                    : origin + "-" + text(headers, DeadLetter.PARTITION) + "@" + text(headers, DeadLetter.OFFSET);
        }

        private boolean isWanted(ConsumerRecord<byte[], byte[]> letter) {
            return DeadLetter.header(letter.headers(), DeadLetter.GROUP) != null
                    && DeadLetter.header(letter.headers(), DeadLetter.TOPIC) != null
                    && wanted.holds(letter, messageIdOf);
        }

        /** Null when the letter is to stay. */
        @Nullable
        Redriven decide(ConsumerRecord<byte[], byte[]> letter) {
            // A group that came up since the books were read is left to the next time.
            if (!isWanted(letter) || !groups.contains(text(letter.headers(), DeadLetter.GROUP))) {
                return null;
            }
            if (letter.value() == null || letter.value().length == 0) {
                empty++;
                return null;
            }
            String what = what(letter, letter.partition() + "@" + letter.offset());
            int times = brought.getOrDefault(what, 0);
            if (times > 0 && !again) {
                before++;
                return null;
            }
            brought.put(what, times + 1);
            redriven++;
            return new Redriven(letter.partition(), letter.offset(), times + 1);
        }

        Outcome outcome() {
            return new Outcome(redriven, before, empty);
        }
    }
}
