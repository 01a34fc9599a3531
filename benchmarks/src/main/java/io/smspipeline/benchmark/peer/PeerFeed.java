package io.smspipeline.benchmark.peer;

import io.smspipeline.client.MessageIds;
import io.smspipeline.client.Sms;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.StatusReport;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topics;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Feeds the pipeline the messages of a side-by-side run, each to a number of its own, and waits until the end of each can be
 * read on {@code sms.status}. Writes destination, text and time of each as the accounting of those runs wants it. The records are
 * made before the first is sent, as who feeds takes the CPU of those that are measured; peers' messages are two words.
 *
 * <pre>PeerFeed BROKER REGISTRY TOPIC-PREFIX COUNT TEXT RATE RECEIPTS SENT.csv SECONDS</pre>
 *
 * RATE 0 is as fast as Kafka takes them; RECEIPTS is true or false; SECONDS is how long at most the ends are waited for.
 */
public final class PeerFeed {
    private static final long FIRST_NUMBER = 491_700_000_000L;
    private static final int IN_FLIGHT = 20_000;

    private final int count;
    private final String text;
    private final double rate;
    private final StatusReport report;
    private final double[] tried;
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final Semaphore room = new Semaphore(IN_FLIGHT);

    private PeerFeed(int count, String text, double rate, boolean receipts) {
        this.count = count;
        this.text = text;
        this.rate = rate;
        this.report = receipts ? StatusReport.FINAL : StatusReport.NONE;
        this.tried = new double[count];
    }

    /** Ends by itself. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 9) {
            System.err.println(
                    "PeerFeed BROKER REGISTRY TOPIC-PREFIX COUNT TEXT RATE RECEIPTS SENT.csv SECONDS: nine arguments, given "
                            + arguments.length);
            System.exit(2);
        }
        Map<String, Object> kafka = Map.of("bootstrap.servers", arguments[0], "schema.registry.url", arguments[1]);
        new PeerFeed(
                        Integer.parseInt(arguments[3]),
                        arguments[4],
                        Double.parseDouble(arguments[5]),
                        Boolean.parseBoolean(arguments[6]))
                .run(
                        kafka,
                        new Topics(arguments[2]),
                        Path.of(arguments[7]),
                        Duration.ofSeconds(Long.parseLong(arguments[8])),
                        new PrintStream(System.out, true, StandardCharsets.UTF_8));
    }

    private void run(Map<String, Object> kafka, Topics topics, Path sent, Duration patience, PrintStream out)
            throws IOException, InterruptedException {
        List<ProducerRecord<byte[], byte[]>> records = records(kafka, topics);
        try (KafkaProducer<byte[], byte[]> producer = producer(kafka, topics);
                Fates fates = new Fates(kafka, topics)) {
            long begin = System.nanoTime();
            publish(producer, records);
            double seconds = (System.nanoTime() - begin) / 1e9;
            write(sent);
            fates.await(count, patience);
            out.printf(
                    Locale.ROOT,
                    "{\"fed\":%d,\"acked\":%d,\"seconds\":%.3f,\"rate\":%.0f,\"ended\":%d,\"ended_again\":%d,"
                            + "\"states\":\"%s\",\"last_end_ms\":%d,\"cpu_s\":%.2f}%n",
                    count,
                    acknowledged.get(),
                    seconds,
                    count / seconds,
                    fates.ended(),
                    fates.endedAgain(),
                    fates.states(),
                    fates.lastMillis(),
                    ProcessHandle.current()
                                    .info()
                                    .totalCpuDuration()
                                    .orElse(Duration.ZERO)
                                    .toMillis()
                            / 1e3);
        }
    }

    /** The octets that {@link io.smspipeline.client.SmsPublisher} would send. */
    private List<ProducerRecord<byte[], byte[]>> records(Map<String, Object> kafka, Topics topics) {
        RecordSerdes serdes = RecordSerdes.from(kafka);
        MessageIds ids = new MessageIds(Clock.systemUTC());
        String topic = topics.outgoing().name();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String to = "+" + (FIRST_NUMBER + i);
            OutgoingMessage message =
                    Sms.to(to).text(textOf(i)).statusReport(report).build(ids, Clock.systemUTC());
            records.add(
                    new ProducerRecord<>(topic, to.getBytes(StandardCharsets.US_ASCII), serdes.write(topic, message)));
        }
        return records;
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> kafka, Topics topics) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.partitionsFor(topics.outgoing().name());
        return producer;
    }

    private void publish(KafkaProducer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records)
            throws InterruptedException {
        long start = System.nanoTime();
        long startMillis = System.currentTimeMillis();
        for (int i = 0; i < count; i++) {
            if (rate > 0) {
                awaitTurn(start + (long) (i / rate * 1e9));
            }
            room.acquire();
            tried[i] = startMillis + (System.nanoTime() - start) / 1e6;
            producer.send(records.get(i), (place, failure) -> {
                room.release();
                if (failure == null) {
                    acknowledged.incrementAndGet();
                }
            });
        }
        room.acquire(IN_FLIGHT);
    }

    private static void awaitTurn(long turn) {
        for (long left = turn - System.nanoTime(); left > 0; left = turn - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private String textOf(int number) {
        return text + "%05d".formatted(number);
    }

    private void write(Path sent) throws IOException {
        List<String> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            lines.add("%d,%s,%.3f".formatted(FIRST_NUMBER + i, textOf(i), tried[i]));
        }
        Files.write(sent, lines);
    }
}
