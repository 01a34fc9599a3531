package io.smspipeline.provider.vonage;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jwt.JWTClaimsSet;
import io.smspipeline.provider.webhook.Content;
import io.smspipeline.provider.webhook.Parameters;
import io.smspipeline.provider.webhook.Parameters.Parameter;
import io.smspipeline.provider.webhook.Proof;
import io.smspipeline.provider.webhook.ReplayWindow;
import io.smspipeline.provider.webhook.Seal;
import io.smspipeline.provider.webhook.Times;
import io.smspipeline.provider.webhook.WebhookRequest;
import io.smspipeline.settings.Secret;
import io.smspipeline.settings.Section;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a callback is Vonage's. Those of the SMS API carry a parameter {@code sig} ("Signing messages"), those of the Messages API a
 * JSON Web Token ("Signed webhooks"), both made with the account's signature secret.
 *
 * @param secret empty when callbacks are not signed
 * @param method of {@code sig}
 * @param window how old a signature may be
 */
public record VonageSigning(Secret secret, SignatureMethod method, ReplayWindow window) implements Seal {
    private static final String BEARER = "bearer ";

    /** Reads {@code signature-secret}, {@code signature-method} and {@code replay-window}. Faults are recorded in the section. */
    public static VonageSigning read(Section section) {
        return new VonageSigning(
                section.secret("signature-secret").orElse(Secret.of("")),
                section.choice("signature-method", SignatureMethod.class).orElse(SignatureMethod.SHA256HMAC),
                new ReplayWindow(section.duration("replay-window")
                        .atLeast(Duration.ZERO)
                        .orElse(ReplayWindow.DEFAULT.within())));
    }

    @Override
    public String proof() {
        return secret.isEmpty() ? "" : "a signature";
    }

    /** Looks for either kind of signature. */
    @Override
    public Finding check(WebhookRequest request, Instant now) {
        if (secret.isEmpty()) {
            return new Finding.Genuine("");
        }
        String authorization = request.header("authorization");
        if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return token(authorization.substring(BEARER.length()).strip(), request, now);
        }
        return parameters(Content.parameters(request), now);
    }

    /** The parameters as they are signed: without {@code sig}, sorted, {@code &} and {@code =} in values replaced. */
    String signature(Parameters told) {
        String data = told.all().stream()
                .filter(parameter -> !parameter.name().equals("sig"))
                .sorted(Comparator.comparing(Parameter::name))
                .map(parameter -> "&" + parameter.name() + "="
                        + parameter.value().replace('&', '_').replace('=', '_'))
                .collect(Collectors.joining());
        return method.of(data, secret);
    }

    private Finding parameters(Parameters told, Instant now) {
        String sig = told.get("sig");
        if (sig == null) {
            return new Finding.Forged("it has neither a parameter sig nor a token");
        }
        if (!Proof.same(signature(told), sig.toLowerCase(Locale.ROOT))) {
            return new Finding.Forged("its parameter sig is wrong for signature-method "
                    + method.name().toLowerCase(Locale.ROOT));
        }
        String late = tooOld(Times.seconds(told.get("timestamp")), "timestamp", now);
        String nonce = told.orEmpty("nonce");
        return late == null ? new Finding.Genuine(nonce.isEmpty() ? "" : sig) : new Finding.Forged(late);
    }

    private Finding token(String token, WebhookRequest request, Instant now) {
        JWTClaimsSet claims;
        try {
            JWSObject signed = JWSObject.parse(token);
            if (!JWSAlgorithm.HS256.equals(signed.getHeader().getAlgorithm())
                    || signed.getHeader().getCriticalParams() != null) {
                return new Finding.Forged("its token is signed otherwise than by HS256");
            }
            // Not the library's own verifier: it refuses secrets of less than 32 octets, which Vonage gives out.
            byte[] expected = Proof.hmac("HmacSHA256", secret, signed.getSigningInput());
            if (!Proof.same(expected, signed.getSignature().decode())) {
                return new Finding.Forged("the signature of its token is wrong");
            }
            claims = JWTClaimsSet.parse(signed.getPayload().toJSONObject());
        } catch (ParseException | RuntimeException e) {
            return new Finding.Forged("its token cannot be read");
        }
        return claims(claims, request, now);
    }

    private Finding claims(JWTClaimsSet claims, WebhookRequest request, Instant now) {
        if (!request.method().equals("POST")) {
            return new Finding.Forged("its token signs a body, and what it says stands elsewhere");
        }
        if (!"Vonage".equals(claims.getIssuer())) {
            return new Finding.Forged("its token is not issued by Vonage");
        }
        Object hash = claims.getClaim("payload_hash");
        if (!(hash instanceof String told)
                || !Proof.same(Proof.hexDigest("SHA-256", request.body()), told.toLowerCase(Locale.ROOT))) {
            return new Finding.Forged("its body is not the one of its token's payload_hash");
        }
        Instant issued =
                claims.getIssueTime() == null ? null : claims.getIssueTime().toInstant();
        String late = tooOld(issued, "iat", now);
        String id = claims.getJWTID();
        return late == null ? new Finding.Genuine(id == null ? "" : id) : new Finding.Forged(late);
    }

    private @Nullable String tooOld(@Nullable Instant signedAt, String name, Instant now) {
        if (signedAt == null) {
            return "its " + name + " is missing";
        }
        return window.holds(signedAt, now)
                ? null
                : "its " + name + " is " + signedAt + ", further from now than replay-window (" + window.within() + ")";
    }
}
