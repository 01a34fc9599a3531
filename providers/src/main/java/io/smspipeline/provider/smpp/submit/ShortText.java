package io.smspipeline.provider.smpp.submit;

import io.smspipeline.text.EncodingRules;
import io.smspipeline.text.Segmentation;
import io.smspipeline.text.TextEncoder;
import io.smspipeline.text.TextRefusedException;
import io.smspipeline.text.UserDataHeader;

/** A text of at most one part in the SMSC's default alphabet, for commands that have no data_coding. Immutable. */
public final class ShortText {
    private final EncodingRules rules;

    public ShortText(TextRules texts) {
        rules = texts.inDefaultAlphabet();
    }

    /**
     * The octets of short_message.
     *
     * @throws TextRefusedException when the alphabet lacks a character, or one part is too short for it
     */
    public byte[] encode(String text) {
        return TextEncoder.encode(text, rules, Segmentation.UDH8, 0, UserDataHeader.NONE, 1)
                .segments()
                .get(0)
                .shortMessage();
    }
}
