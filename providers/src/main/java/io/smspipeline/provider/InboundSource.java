package io.smspipeline.provider;

/** Connections that bring receipts and MO messages. They come up and stay up by themselves. Safe for use by many threads. */
public interface InboundSource extends AutoCloseable {
    /** Alias of the provider it belongs to. */
    String alias();

    /** Whether anything can arrive now. */
    Availability availability();

    /** Takes nothing more, lets what came be answered for a bounded time, says goodbye, closes. */
    @Override
    void close();
}
