package io.smspipeline.provider.smpp.submit;

import io.smspipeline.settings.Fault;
import io.smspipeline.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules of an account with these settings. */
final class AccountRules {
    private AccountRules() {}

    static SubmitRules of(String... keys) {
        return read(true, keys).rules();
    }

    static List<String> faultsOf(boolean tlvs, String... keys) {
        return read(tlvs, keys).settings().faults().all().stream()
                .map(Fault::toString)
                .toList();
    }

    private record Read(Settings settings, SubmitRules rules) {}

    private static Read read(boolean tlvs, String... keys) {
        String yaml = keys.length == 0 ? "" : "account:\n  " + String.join("\n  ", keys) + "\n";
        Settings settings = Settings.parse(yaml, Map.of(), Set.of("account"));
        return new Read(settings, SubmitRules.read(settings.root().section("account"), tlvs));
    }
}
