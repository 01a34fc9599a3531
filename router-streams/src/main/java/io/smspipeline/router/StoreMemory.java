package io.smspipeline.router;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One bounded memory for all stores of a process. By default each store of each partition has 50 MiB of blocks and 48 MiB of
 * write buffers of its own, which a dozen partitions turn into gigabytes outside the heap that nobody counted on.
 */
public final class StoreMemory implements AutoCloseable {
    /** Streams property under which the stores find it. */
    static final String PROPERTY = "sms.store-memory";

    private static final long WRITE_BUFFER = 4L * 1024 * 1024;
    private static final int WRITE_BUFFERS = 2;

    static {
        RocksDB.loadLibrary();
    }

    private final Cache cache;
    private final WriteBufferManager writeBuffers;

    /** @param bytes for blocks, indexes, filters and write buffers together, outside the heap */
    StoreMemory(long bytes) {
        cache = new LRUCache(bytes);
        writeBuffers = new WriteBufferManager(bytes / 2, cache);
    }

    /** Only after every store is closed. */
    @Override
    public void close() {
        writeBuffers.close();
        cache.close();
    }

    /** Gives each store its share; made by Kafka Streams for each of them. */
    public static final class Shared implements RocksDBConfigSetter {
        /** For Kafka Streams. */
        public Shared() {}

        @Override
        public void setConfig(String storeName, Options options, Map<String, Object> properties) {
            if (!(properties.get(PROPERTY) instanceof StoreMemory memory)) {
                throw new IllegalStateException("the store " + storeName + " was not given the memory that all share");
            }
            if (options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
                table.setBlockCache(memory.cache);
                // Counted against the same limit rather than held beside it.
                table.setCacheIndexAndFilterBlocks(true);
                options.setTableFormatConfig(table);
            }
            options.setWriteBufferManager(memory.writeBuffers);
            options.setWriteBufferSize(WRITE_BUFFER);
            options.setMaxWriteBufferNumber(WRITE_BUFFERS);
        }

        @Override
        public void close(String storeName, Options options) {
            // What is shared is closed by whoever shares it.
        }
    }
}
