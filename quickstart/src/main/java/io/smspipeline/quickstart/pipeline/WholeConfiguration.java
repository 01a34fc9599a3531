package io.smspipeline.quickstart.pipeline;

import io.smspipeline.receiver.ReceiverBlueprint;
import io.smspipeline.router.RouterBlueprint;
import io.smspipeline.schemas.topic.TopicScale;
import io.smspipeline.sender.SenderBlueprint;
import io.smspipeline.service.settings.ServiceSettings;
import io.smspipeline.service.start.Blueprint;
import io.smspipeline.settings.Section;
import java.nio.file.Path;
import java.util.List;

/** Every section there is, read by whoever owns it. */
public final class WholeConfiguration {
    /** Every service, in the order they are started; they end in the reverse one, so that nothing is fed while it drains. */
    static final List<Blueprint<?>> SERVICES =
            List.of(new RouterBlueprint(), new ReceiverBlueprint(), new SenderBlueprint());

    private WholeConfiguration() {}

    /** Reads everything; faults are recorded in the sections. */
    public static void read(Section root) {
        ServiceSettings.read(root, TopicScale.CLUSTER);
        SERVICES.forEach(blueprint -> blueprint.read(root));
        SmscSection.read(root, Ports.USUAL, Path.of("smsc.journal"));
    }
}
