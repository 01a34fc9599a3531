package io.smspipeline.router.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.schemas.providerid.IdRule;
import org.junit.jupiter.api.Test;

class IdRulesTest {
    private final IdRules rules = new IdRules();

    @Test
    void a_rule_is_new_once_for_each_provider() {
        rules.isOpenFor("one");
        rules.isOpenFor("two");

        assertThat(rules.observe("one", "1a", "26"))
                .contains(new IdRules.Observed(IdRule.HEX_SUBMIT_DECIMAL_RECEIPT, true));
        assertThat(rules.observe("one", "1b", "27"))
                .contains(new IdRules.Observed(IdRule.HEX_SUBMIT_DECIMAL_RECEIPT, false));
        assertThat(rules.observe("two", "26", "1A"))
                .contains(new IdRules.Observed(IdRule.DECIMAL_SUBMIT_HEX_RECEIPT, true));
    }

    @Test
    void where_the_rule_is_configured_nothing_is_observed() {
        assertThat(rules.observe("one", "1a", "26")).isEmpty();
        assertThat(rules.usual("one")).isNull();
    }

    @Test
    void ids_that_fit_several_rules_tell_nothing() {
        rules.isOpenFor("one");

        assertThat(rules.observe("one", "7", "7")).isEmpty();
        assertThat(rules.usual("one")).isNull();
    }

    @Test
    void what_is_seen_most_is_usual_and_a_provider_may_change_its_ways() {
        rules.isOpenFor("one");
        for (int i = 0; i < 3; i++) {
            rules.observe("one", "1a", "26");
        }
        rules.observe("one", "26", "1a");
        assertThat(rules.usual("one")).isEqualTo(IdRule.HEX_SUBMIT_DECIMAL_RECEIPT);

        for (int i = 0; i < 2_000; i++) {
            rules.observe("one", "26", "1a");
        }
        assertThat(rules.usual("one")).isEqualTo(IdRule.DECIMAL_SUBMIT_HEX_RECEIPT);
    }
}
