package io.smspipeline.provider;

import io.micrometer.core.instrument.MeterRegistry;
import io.smspipeline.settings.PersonalData;
import java.time.Clock;

/**
 * What the process gives a provider.
 *
 * @param clock the time of day
 * @param inbound where receipts and MO messages go
 * @param replica which of the account's connections this process opens
 * @param meters where it counts
 * @param personalData whether its logs may show numbers and texts
 */
public record Wiring(
        Clock clock, InboundSink inbound, Replica replica, MeterRegistry meters, PersonalData personalData) {}
