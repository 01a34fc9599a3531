package io.smspipeline.schemas.topic;

import io.smspipeline.record.Command;
import io.smspipeline.record.InboundMessage;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.record.MoPart;
import io.smspipeline.record.OptOut;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.ProviderControl;
import io.smspipeline.record.ProviderQuality;
import io.smspipeline.record.ProviderState;
import io.smspipeline.record.Receipt;
import io.smspipeline.record.ReturnedMessage;
import io.smspipeline.record.RouteTable;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.schemas.topic.Topic.Spread;
import io.smspipeline.schemas.trust.TrustedRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;

/**
 * The one catalogue of topics. Immutable; safe for use by many threads.
 *
 * @param prefix put before every name, empty or ending in the separator of one's choice, such as {@code test.}
 */
public record Topics(String prefix) {
    /** How long internal topics keep a record; a message's validity is never longer. */
    public static final Duration INTERNAL_RETENTION = Duration.ofDays(7);

    /** How long what applications read is kept. */
    public static final Duration PUBLISHED_RETENTION = Duration.ofDays(30);

    private static final String REDRIVE = "sms.redrive.";
    private static final int LONGEST_NAME = 249;
    private static final Pattern GROUP = Pattern.compile("[a-zA-Z0-9._-]+");
    private static final Pattern PREFIX = Pattern.compile("[a-zA-Z0-9._-]{0,100}");

    static {
        TrustedRecords.trust();
    }

    /** Checks the prefix. */
    public Topics {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "topics.prefix is '" + prefix
                            + "': topic names take letters, digits, dots, dashes and underscores, and a prefix at most 100 of them");
        }
    }

    /** Where applications publish. */
    public Topic<OutgoingMessage> outgoing() {
        return internal("sms.outgoing", OutgoingMessage.class);
    }

    /** Where applications publish what must not wait behind a backlog. */
    public Topic<OutgoingMessage> outgoingHigh() {
        return internal("sms.outgoing.high", OutgoingMessage.class);
    }

    /** Messages to be decided again. */
    public Topic<ReturnedMessage> returned() {
        return internal("sms.returned", ReturnedMessage.class);
    }

    /** HIGH messages to be decided again. */
    public Topic<ReturnedMessage> returnedHigh() {
        return internal("sms.returned.high", ReturnedMessage.class);
    }

    /** What the sender of {@code alias} is to hand over. */
    public Topic<RoutedMessage> submit(String alias, Lane lane) {
        return new Topic<>(
                prefix + "sms.submit." + alias + "." + lane.segment(),
                RoutedMessage.class,
                INTERNAL_RETENTION,
                Spread.PER_PROVIDER,
                false);
    }

    /** Everything that happened but acceptances. */
    public Topic<LifecycleEvent> event() {
        return internal("sms.event", LifecycleEvent.class);
    }

    /** Acceptances, where receipts meet them. */
    public Topic<LifecycleEvent> accepted() {
        return internal("sms.accepted", LifecycleEvent.class);
    }

    /** Delivery receipts as they came. */
    public Topic<Receipt> receipt() {
        return internal("sms.receipt", Receipt.class);
    }

    /** Parts from handsets as they came. */
    public Topic<MoPart> mo() {
        return internal("sms.mo", MoPart.class);
    }

    /** What operators and applications want done about messages published before. */
    public Topic<Command> command() {
        return internal("sms.command", Command.class);
    }

    /** How each sender process finds each provider it serves: see {@link #providerStateKey}. */
    public Topic<ProviderState> providerState() {
        return table("sms.provider-state", ProviderState.class, Spread.SINGLE);
    }

    /** Key of {@link #providerState}. */
    public static String providerStateKey(String alias, String replica) {
        return alias + "|" + replica;
    }

    /** What operators want done with each provider, by alias. */
    public Topic<ProviderControl> providerControl() {
        return table("sms.provider-control", ProviderControl.class, Spread.SINGLE);
    }

    /** Every version of the route table: see {@link #routesKey}. */
    public Topic<RouteTable> routes() {
        return table("sms.routes", RouteTable.class, Spread.SINGLE);
    }

    /** Key of {@link #routes}: one for each version, so that compaction keeps them all. */
    public static String routesKey(String name, long version) {
        return name + "|" + version;
    }

    /** How well each provider delivers to each country: see {@link #providerQualityKey}. */
    public Topic<ProviderQuality> providerQuality() {
        return table("sms.provider-quality", ProviderQuality.class, Spread.SINGLE);
    }

    /** Key of {@link #providerQuality}: partitions measure each for itself. */
    public static String providerQualityKey(String alias, String country, int partition) {
        return alias + "|" + country + "|" + partition;
    }

    /** Which handsets want nothing from which senders. */
    public Topic<OptOut> optOut() {
        return table("sms.opt-out", OptOut.class, Spread.COMMON);
    }

    /** The state of every message, for applications. */
    public Topic<MessageStatus> status() {
        return published("sms.status", MessageStatus.class);
    }

    /** Messages from handsets, for applications. */
    public Topic<InboundMessage> inbound() {
        return published("sms.inbound", InboundMessage.class);
    }

    /** Name of the topic for what could not be processed; its values are the original octets. */
    public String deadLetter() {
        return prefix + "sms.dead-letter";
    }

    /**
     * Name of the topic through which a group gets dead letters again.
     *
     * @throws IllegalArgumentException when the group's name cannot be part of a topic's
     */
    public String redrive(String group) {
        String name = prefix + REDRIVE + group;
        if (!GROUP.matcher(group).matches() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("group '" + group + "' cannot name a topic " + prefix + REDRIVE
                    + "<group>: give it a name of letters, digits, dots, dashes and underscores, "
                    + (LONGEST_NAME - prefix.length() - REDRIVE.length()) + " of them at most.");
        }
        return name;
    }

    /** True for {@link #redrive} of some group. */
    public boolean isRedrive(String name) {
        return name.startsWith(prefix + REDRIVE);
    }

    /** Every topic with typed values that exists whatever providers are configured, and those of {@code aliases}. */
    public List<Topic<? extends SpecificRecord>> typed(Collection<String> aliases) {
        List<Topic<? extends SpecificRecord>> all = new ArrayList<>(List.of(
                outgoing(),
                outgoingHigh(),
                returned(),
                returnedHigh(),
                event(),
                accepted(),
                receipt(),
                mo(),
                command(),
                providerState(),
                providerControl(),
                optOut(),
                routes(),
                providerQuality(),
                status(),
                inbound()));
        for (String alias : aliases) {
            for (Lane lane : Lane.values()) {
                all.add(submit(alias, lane));
            }
        }
        return List.copyOf(all);
    }

    /** The same for topics whose values are octets of any kind. */
    public List<String> untyped() {
        return List.of(deadLetter());
    }

    private <V extends SpecificRecord> Topic<V> internal(String name, Class<V> type) {
        return new Topic<>(prefix + name, type, INTERNAL_RETENTION, Spread.COMMON, false);
    }

    private <V extends SpecificRecord> Topic<V> published(String name, Class<V> type) {
        return new Topic<>(prefix + name, type, PUBLISHED_RETENTION, Spread.COMMON, false);
    }

    private <V extends SpecificRecord> Topic<V> table(String name, Class<V> type, Spread spread) {
        return new Topic<>(prefix + name, type, INTERNAL_RETENTION, spread, true);
    }
}
