package io.smspipeline.provider.accepting;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.ProviderType;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.Submission;
import io.smspipeline.schemas.address.Msisdn;
import io.smspipeline.settings.Section;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code log}: writes one line a message, numbers masked and without its text, and accepts it. */
public final class LogProviderType implements ProviderType {
    private static final Logger LOG = LoggerFactory.getLogger(LogProviderType.class);

    @Override
    public String name() {
        return "log";
    }

    @Override
    public Optional<ConfiguredProvider> read(String alias, Section section) {
        return AcceptingAccount.read(alias, name(), section, submission -> log(alias, submission));
    }

    private static SendOutcome.Accepted log(String alias, Submission submission) {
        String id = submission.message().getId();
        LOG.info(
                "submit outcome=accepted provider={} messageId={} to={} parts={}",
                alias,
                id,
                masked(submission.message().getTo()),
                submission.parts());
        return new SendOutcome.Accepted(id, id);
    }

    private static String masked(String to) {
        return Msisdn.parse(to).number().map(Msisdn::masked).orElse("***");
    }
}
