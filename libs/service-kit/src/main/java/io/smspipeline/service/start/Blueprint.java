package io.smspipeline.service.start;

import io.smspipeline.service.drain.Service;
import io.smspipeline.settings.Section;

/**
 * What a service is: how it is configured and which parts it starts. The same blueprint serves a process of its own and a
 * process that holds several services. Stateless.
 *
 * @param <S> its typed settings
 */
public interface Blueprint<S> {
    /** What the service is called on the command line, in logs and in health checks. */
    String name();

    /** Reads the sections it needs beyond those every process reads. Faults are recorded, none is thrown. */
    S read(Section root);

    /**
     * Starts the parts and adds each to the service as soon as it runs, so that a failure of a later one closes it.
     *
     * @throws StartUpFault when something the operator can mend is in the way
     */
    void start(Service service, S settings, SharedParts shared);
}
