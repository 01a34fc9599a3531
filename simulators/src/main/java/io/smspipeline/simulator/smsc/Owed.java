package io.smspipeline.simulator.smsc;

import java.time.Instant;

/** A delivery and when it is due. */
record Owed(Delivery delivery, Instant due) {}
