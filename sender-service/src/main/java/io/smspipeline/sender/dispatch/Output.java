package io.smspipeline.sender.dispatch;

import org.apache.avro.specific.SpecificRecord;

/** A record to be written because of an outcome. */
public record Output(String topic, String key, SpecificRecord value) {}
