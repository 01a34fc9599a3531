package io.smspipeline.router.wire;

import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A processor whose work is built once its context is known, so that the work itself has only final fields. One for each
 * task, used by its thread alone.
 */
public final class Step<KIn, VIn, KOut, VOut> implements Processor<KIn, VIn, KOut, VOut> {
    private final Function<ProcessorContext<KOut, VOut>, Consumer<Record<KIn, VIn>>> begin;
    private @Nullable Consumer<Record<KIn, VIn>> work;

    /**
     * @param begin called when the task has its stores, again each time it is revived
     */
    public Step(Function<ProcessorContext<KOut, VOut>, Consumer<Record<KIn, VIn>>> begin) {
        this.begin = begin;
    }

    @Override
    public void init(ProcessorContext<KOut, VOut> context) {
        work = begin.apply(context);
    }

    @Override
    public void process(Record<KIn, VIn> record) {
        Consumer<Record<KIn, VIn>> working = work;
        if (working == null) {
            throw new IllegalStateException("a record came before the processor was initialised");
        }
        working.accept(record);
    }
}
