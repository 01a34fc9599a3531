package io.smspipeline.example;

import io.smspipeline.client.Sms;
import io.smspipeline.client.SmsHandlers;
import io.smspipeline.client.SmsPublisher;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Publishes one message, and prints its statuses and the reply to it. */
public final class PublishAndListen {
    private PublishAndListen() {}

    /** Arguments: the recipient, and where Kafka and the registry are when that is not where {@code ./sms up} puts them. */
    public static void main(String[] args) throws InterruptedException {
        Map<String, String> kafka = Map.of(
                "bootstrap.servers", args.length > 1 ? args[1] : "localhost:9092",
                "schema.registry.url", args.length > 2 ? args[2] : "http://localhost:8081");
        CountDownLatch replied = new CountDownLatch(1);

        SmsHandlers.Builder handlers = SmsHandlers.with(kafka)
                .group("publish-and-listen")
                .onStatus((status, delivery) -> System.out.println(status.getMessageId() + " is " + status.getState()))
                .onInbound((message, delivery) -> {
                    System.out.println("\"" + message.getText() + "\" in reply to " + message.getInReplyTo());
                    replied.countDown();
                });

        try (SmsPublisher publisher = SmsPublisher.connect(kafka);
                SmsHandlers listening = handlers.start()) {
            Sms sms = Sms.to(args[0]).text("Are you there?").allowReply().validFor(Duration.ofMinutes(5));
            System.out.println(
                    "published " + publisher.publish(sms).toCompletableFuture().join());
            System.out.println(replied.await(60, TimeUnit.SECONDS) ? "done" : "no reply");
        }
    }
}
