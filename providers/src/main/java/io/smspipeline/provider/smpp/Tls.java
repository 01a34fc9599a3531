package io.smspipeline.provider.smpp;

import io.smspipeline.provider.smpp.session.Dialer;
import io.smspipeline.settings.Secret;
import io.smspipeline.settings.SecretSource;
import io.smspipeline.settings.Section;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * {@code tls}: a context of the account's own, so that one account's trust is not another's. It is made from the files for
 * every connection: certificates are rotated by writing the file. Immutable.
 *
 * @param trusted whom we trust; null for the authorities that the Java runtime trusts
 * @param own our certificate and its key; null for none
 */
record Tls(@Nullable Store trusted, @Nullable Store own) implements Dialer.Security {

    /** A PKCS12 or JKS file. */
    private record Store(String file, SecretSource password) {
        private KeyStore load() throws IOException, GeneralSecurityException {
            Secret secret = password.now();
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                // Reads JKS too.
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(in, secret.isEmpty() ? null : secret.reveal().toCharArray());
                return store;
            }
        }

        TrustManager[] trustManagers() throws IOException, GeneralSecurityException {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(load());
            return factory.getTrustManagers();
        }

        KeyManager[] keyManagers() throws IOException, GeneralSecurityException {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(load(), password.now().reveal().toCharArray());
            return factory.getKeyManagers();
        }
    }

    /** Null when TLS is not enabled. Faults, also those of the files as they are now, are recorded. */
    static @Nullable Tls read(Section tls) {
        boolean enabled = tls.flag("enabled").orElse(false);
        Store trusted = store(tls, "truststore");
        Store own = store(tls, "keystore");
        if (!enabled) {
            if (trusted != null || own != null) {
                tls.fault("enabled", "is false and a store is named", "set enabled: true, or remove the store");
            }
            return null;
        }
        check(tls, "truststore", trusted, Store::trustManagers);
        check(tls, "keystore", own, Store::keyManagers);
        return new Tls(trusted, own);
    }

    private static @Nullable Store store(Section tls, String key) {
        String file = tls.text(key).orElse("");
        String passwordKey = key + "-password";
        Secret password = tls.secret(passwordKey).orElse(Secret.of(""));
        return file.isEmpty() ? null : new Store(file, tls.source(passwordKey, password));
    }

    private interface Use {
        Object of(Store store) throws IOException, GeneralSecurityException;
    }

    private static void check(Section tls, String key, @Nullable Store store, Use use) {
        if (store == null) {
            return;
        }
        try {
            use.of(store);
        } catch (IOException | GeneralSecurityException e) {
            tls.fault(
                    key,
                    store.file() + " cannot be used: " + e.getMessage(),
                    "name a PKCS12 or JKS file, and its password");
        }
    }

    @Override
    public SSLContext context() throws IOException {
        Store current = trusted;
        try {
            TrustManager[] trust = trusted == null ? null : trusted.trustManagers();
            current = own;
            KeyManager[] keys = own == null ? null : own.keyManagers();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException(
                    "the store " + (current == null ? "" : current.file()) + " of tls cannot be used now: "
                            + e.getMessage(),
                    e);
        }
    }
}
