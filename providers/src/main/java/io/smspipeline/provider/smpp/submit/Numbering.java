package io.smspipeline.provider.smpp.submit;

import io.smspipeline.settings.Section;

/**
 * TON and NPI as an account demands them, for each kind of address. Immutable.
 *
 * @param international for numbers in E.164
 * @param shortCode for 3 to 8 digits
 * @param alphanumeric for everything else
 */
public record Numbering(TonNpi international, TonNpi shortCode, TonNpi alphanumeric) {
    /** Both follow from the address. */
    public static final Numbering DERIVED = of(TonNpi.DERIVED);

    private static final int MOST_TON = 6;
    private static final int MOST_NPI = 18;

    /** -1 each for what follows from the address. */
    record TonNpi(int ton, int npi) {
        static final TonNpi DERIVED = new TonNpi(-1, -1);
    }

    private static Numbering of(TonNpi all) {
        return new Numbering(all, all, all);
    }

    /** Those of recipients, who all have international numbers: {@code destination-ton} and {@code destination-npi}. */
    static Numbering ofRecipients(Section s) {
        return of(all(s, "destination"));
    }

    /**
     * Those of senders: {@code source-ton} and {@code source-npi}, which {@code source-numbering} refines by kind, as in
     * {@code {short-code: 0/1, alphanumeric: 5/0}}. Faults are recorded.
     */
    static Numbering ofSenders(Section s) {
        TonNpi all = all(s, "source");
        Section kinds = s.section("source-numbering");
        return new Numbering(
                kind(kinds, "international", all), kind(kinds, "short-code", all), kind(kinds, "alphanumeric", all));
    }

    private static TonNpi all(Section s, String whose) {
        return new TonNpi(
                s.integer(whose + "-ton").between(0, MOST_TON).optional().orElse(-1),
                s.integer(whose + "-npi").between(0, MOST_NPI).optional().orElse(-1));
    }

    private static TonNpi kind(Section kinds, String kind, TonNpi otherwise) {
        return kinds.text(kind)
                .matching(
                        text -> text.matches("[0-6]/([0-9]|1[0-8])"),
                        "TON and NPI with a slash between them, as in 5/0")
                .optional()
                .map(text -> new TonNpi(text.charAt(0) - '0', Integer.parseInt(text.substring(2))))
                .orElse(otherwise);
    }

    Address applied(Address address) {
        TonNpi demanded = switch (address.kind()) {
            case INTERNATIONAL -> international;
            case SHORT_CODE -> shortCode;
            case ALPHANUMERIC -> alphanumeric;
            case NONE -> TonNpi.DERIVED;
        };
        return address.numbered(demanded.ton(), demanded.npi());
    }
}
