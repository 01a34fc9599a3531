package io.smspipeline.service.start;

import io.smspipeline.service.drain.Service;
import io.smspipeline.service.health.HealthChecks;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The smallest main: one part, one line of data, until a signal; or a part that fails. */
final class SampleMain {
    private static final Logger log = LoggerFactory.getLogger(SampleMain.class);

    private SampleMain() {}

    public static void main(String[] arguments) {
        int code = Launch.untilSignal(Service.named("sample", new HealthChecks()), service -> {
            service.add("part", () -> log.info("a part was closed"));
            System.out.println("data");
            if (List.of(arguments).contains("fail")) {
                service.failed("streams", new IllegalStateException("thread died"));
            }
        });
        System.exit(code);
    }
}
