package io.smspipeline.provider.smpp.submit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault names its key and what to do. */
class SubmitSettingsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "service-type: TOOLONG        | account.service-type                    | 5 ASCII characters",
                "source-ton: 7                | account.source-ton                      | 6",
                "source-numbering: {alphanumeric: 5} | account.source-numbering.alphanumeric | 5/0",
                "source-numbering: {text: 5/0} | account.source-numbering.text          | not a known key",
                "validity: local              | account.validity                        | relative, absolute",
                "protocol-id: 256             | account.protocol-id                     | 0 to 255",
                "priority-flag: {high: 4}     | account.priority-flag.high              | 3",
                "registered-delivery: {all: x} | account.registered-delivery.all        | 0 to 255",
                "replace-if-present: maybe    | account.replace-if-present              | true or false",
                "message-class: flash         | account.message-class                   | general-group, class-group, subunit",
                "data-coding: {ucs2: 0x100}   | account.data-coding.ucs2                | 0 to 255",
                "data-coding: {utf8: 8}       | account.data-coding.utf8                | not a known key",
                "default-alphabet: ebcdic     | account.default-alphabet                | gsm, gsm-packed, latin1, ascii",
                "transliteration: true        | account.transliteration                 | never, where-it-fits, always",
                "national-languages: [klingon] | account.national-languages             | turkish",
                "segmentation: none           | account.segmentation                    | udh8, udh16, sar, payload",
                "tlvs: {0x1400: abc}          | account.tlvs.0x1400                     | hex:, text:, c-string: or label:",
                "tlvs: {0x1400: \"hex:0g\"}   | account.tlvs.0x1400                     | hexadecimal",
                "tlvs: {vendor: \"hex:00\"}   | account.tlvs.vendor                     | 0x1400",
                "tlvs: {0x020C: \"hex:0001\"} | account.tlvs.0x020C                     | segmentation"
            })
    void a_fault_names_its_key_and_what_would_do(String setting, String key, String remedy) {
        assertThat(AccountRules.faultsOf(true, setting))
                .singleElement()
                .satisfies(fault -> assertThat(fault).contains(key).contains(remedy));
    }

    @Test
    void a_tag_is_written_once() {
        assertThat(AccountRules.faultsOf(true, "tlvs: {0x1400: \"text:a\", 5120: \"text:b\"}"))
                .singleElement()
                .satisfies(fault -> assertThat(fault).contains("account.tlvs.5120", "0x1400"));
    }

    @Test
    void what_needs_tlvs_needs_a_version_that_has_them() {
        assertThat(AccountRules.faultsOf(
                        false, "segmentation: sar", "message-class: subunit", "tlvs: {0x1400: \"text:a\"}"))
                .hasSize(3)
                .allSatisfy(fault -> assertThat(fault).contains("3.3", "3.4"));
    }

    @Test
    void national_tables_need_an_smsc_that_reads_septets() {
        assertThat(AccountRules.faultsOf(true, "default-alphabet: latin1", "national-languages: [turkish]"))
                .singleElement()
                .satisfies(fault -> assertThat(fault).contains("account.national-languages", "default-alphabet"));
    }
}
