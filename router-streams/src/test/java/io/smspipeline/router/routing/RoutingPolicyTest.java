package io.smspipeline.router.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.router.fixture.Messages;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutingPolicyTest {
    private static final List<ProviderRef> PROVIDERS =
            List.of(new ProviderRef("primary", "smpp"), new ProviderRef("us", "twilio"));

    /** The router function of old: from the values a publisher gives to a provider, the default for all others. */
    private static final RoutingPolicy BY_MODULE = (message, now, choice, aliases) ->
            "billing".equals(message.getLabels().get("module"))
                    ? new Choice.Carried("us", List.of("primary"), choice.rule())
                    : choice;

    private static Explanation explain(RoutingPolicy policy, OutgoingMessage message) {
        RouteTable table = new RouteTable(0, PROVIDERS, List.of(), SenderIds.ANY, RoutingPolicy.NONE.then(policy));
        return table.explain(message, Circumstances.fresh(Messages.NOW));
    }

    private static OutgoingMessage ofModule(String module) {
        OutgoingMessage message = Messages.message("m1");
        message.setLabels(Map.of("module", module));
        return message;
    }

    @Test
    void a_policy_sees_what_the_rules_decided_and_may_decide_otherwise() {
        assertThat(explain(BY_MODULE, ofModule("billing")).candidates()).containsExactly("us", "primary");
        assertThat(explain(BY_MODULE, ofModule("shop")).candidates()).containsExactly("primary");
    }

    @Test
    void the_next_policy_sees_what_the_one_before_decided() {
        RoutingPolicy never = (message, now, choice, aliases) ->
                choice instanceof Choice.Carried carried && carried.provider().equals("us")
                        ? Choice.refused(FailureCode.NO_ROUTE, "not by us", null)
                        : choice;

        assertThat(explain(BY_MODULE.then(never), ofModule("billing")).rejected())
                .isEqualTo("not by us");
        assertThat(explain(BY_MODULE.then(never), ofModule("shop")).provider()).isEqualTo("primary");
    }

    @Test
    void a_policy_that_names_a_stranger_refuses_the_message() {
        RoutingPolicy stranger = (message, now, choice, aliases) -> new Choice.Carried("gone", List.of(), null);

        assertThat(explain(stranger, ofModule("shop")).rejected())
                .contains("names provider 'gone', which is not configured: configured are primary, us");
    }

    @Test
    void of_a_policy_that_fails_the_choice_of_the_rules_stands() {
        RoutingPolicy broken = (message, now, choice, aliases) -> {
            throw new IllegalStateException("broken");
        };

        assertThat(explain(broken, ofModule("shop")).provider()).isEqualTo("primary");
    }

    @Test
    void the_policies_of_the_class_path_are_found() {
        OutgoingMessage message = ofModule("of the class path");

        Choice choice = RoutingPolicy.loaded()
                .decide(
                        message,
                        Messages.NOW,
                        new Choice.Carried("primary", List.of(), null),
                        List.of("primary", "us"));

        assertThat(choice).isEqualTo(new Choice.Carried("us", List.of("primary"), null));
    }

    /** Named in META-INF/services of the tests. */
    public static final class OfTheClassPath implements RoutingPolicy {
        @Override
        public Choice decide(OutgoingMessage message, java.time.Instant now, Choice choice, List<String> aliases) {
            return "of the class path".equals(message.getLabels().get("module"))
                    ? new Choice.Carried("us", List.of("primary"), choice.rule())
                    : choice;
        }
    }
}
