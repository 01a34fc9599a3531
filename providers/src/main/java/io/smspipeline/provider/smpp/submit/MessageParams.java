package io.smspipeline.provider.smpp.submit;

import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.text.Transliteration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a message asks of an SMPP provider beyond the fields that all providers understand: its {@code params}. Those of other
 * providers are passed over, since a message may go either way. Immutable.
 *
 * @param serviceType {@code service-type}; null for the account's
 * @param replaceIfPresent {@code replace-if-present}; null for the account's
 * @param transliteration {@code transliteration}; null for the account's
 * @param tlvs {@code tlv.0x1400} and its like, each in place of the account's own of that tag
 */
public record MessageParams(
        @Nullable String serviceType,
        @Nullable Boolean replaceIfPresent,
        @Nullable Transliteration transliteration,
        List<VendorTlv> tlvs) {
    /** Nothing is asked. */
    public static final MessageParams NONE = new MessageParams(null, null, null, List.of());

    private static final String TLV = "tlv.";

    public MessageParams {
        tlvs = List.copyOf(tlvs);
    }

    /** A parameter that cannot be carried out. Its message is fit for the sender's eyes. */
    public static final class UnusableParamException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        UnusableParamException(String message) {
            super(message);
        }
    }

    /**
     * Those of a message.
     *
     * @throws UnusableParamException when one that is ours makes no sense
     */
    public static MessageParams of(OutgoingMessage message) {
        Map<String, String> params = message.getParams();
        if (params.isEmpty()) {
            return NONE;
        }
        List<VendorTlv> tlvs = new ArrayList<>();
        params.forEach((name, value) -> {
            if (name.startsWith(TLV)) {
                try {
                    tlvs.add(VendorTlv.of(name.substring(TLV.length()), value));
                } catch (IllegalArgumentException e) {
                    throw new UnusableParamException("the parameter " + name + " " + e.getMessage() + ".");
                }
            }
        });
        return new MessageParams(
                serviceType(params.get("service-type")),
                truth(params.get("replace-if-present")),
                transliteration(params.get("transliteration")),
                tlvs);
    }

    private static @Nullable String serviceType(@Nullable String text) {
        if (text != null && !SubmitFields.isServiceType(text)) {
            throw new UnusableParamException(
                    "the parameter service-type is no service_type: SMPP has room for 5 ASCII characters.");
        }
        return text;
    }

    private static @Nullable Boolean truth(@Nullable String text) {
        if (text == null || text.equals("true") || text.equals("false")) {
            return text == null ? null : Boolean.valueOf(text);
        }
        throw new UnusableParamException(
                "the parameter replace-if-present is neither true nor false: set one of them.");
    }

    private static @Nullable Transliteration transliteration(@Nullable String text) {
        if (text == null) {
            return null;
        }
        for (Transliteration one : Transliteration.values()) {
            if (one.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
                return one;
            }
        }
        throw new UnusableParamException(
                "the parameter transliteration is none of never, where-it-fits, always: set one of them.");
    }
}
