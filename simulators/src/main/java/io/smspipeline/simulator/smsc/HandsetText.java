package io.smspipeline.simulator.smsc;

import io.smspipeline.text.EncodingChoice;
import io.smspipeline.text.Segmentation;
import java.util.List;

/**
 * A text a handset sends.
 *
 * @param from the handset, international digits
 * @param to the sender id it writes to
 * @param encoding which data_coding
 * @param segmentation how the parts of a long one are told to belong together
 * @param parts which parts leave, in this order, from 1: any may be left out or come twice; empty for all, in the order of
 *     {@link Behaviour#moPartOrder()}
 */
public record HandsetText(
        String from, String to, String text, EncodingChoice encoding, Segmentation segmentation, List<Integer> parts) {
    public HandsetText {
        parts = List.copyOf(parts);
    }

    /** All parts, with a user data header where there are several. */
    public static HandsetText of(String from, String to, String text) {
        return new HandsetText(from, to, text, EncodingChoice.AUTO, Segmentation.UDH8, List.of());
    }
}
