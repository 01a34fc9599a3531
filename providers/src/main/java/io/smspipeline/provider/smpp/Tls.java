package io.smspipeline.provider.smpp;

import io.smspipeline.settings.Secret;
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

/** Reads {@code tls} and makes a context of the account's own, so that one account's trust is not another's. */
final class Tls {
    private Tls() {}

    /** Null when TLS is not enabled; a plain context when the section has faults, which are recorded. */
    static @Nullable SSLContext read(Section tls) {
        boolean enabled = tls.flag("enabled").orElse(false);
        String truststore = tls.text("truststore").orElse("");
        Secret truststorePassword = tls.secret("truststore-password").orElse(Secret.of(""));
        String keystore = tls.text("keystore").orElse("");
        Secret keystorePassword = tls.secret("keystore-password").orElse(Secret.of(""));
        if (!enabled) {
            if (!truststore.isEmpty() || !keystore.isEmpty()) {
                tls.fault("enabled", "is false and a store is named", "set enabled: true, or remove the store");
            }
            return null;
        }
        TrustManager[] trusted = trusted(tls, truststore, truststorePassword);
        KeyManager[] own = own(tls, keystore, keystorePassword);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own, trusted, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("TLS is not available here: " + e.getMessage(), e);
        }
    }

    /** Null stands for the authorities that the Java runtime trusts. */
    private static TrustManager @Nullable [] trusted(Section tls, String file, Secret password) {
        KeyStore store = load(tls, "truststore", file, password);
        if (store == null) {
            return null;
        }
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            tls.fault("truststore", file + " cannot be used: " + e.getMessage(), "name another store");
            return null;
        }
    }

    /** Null: no certificate of ours. */
    private static KeyManager @Nullable [] own(Section tls, String file, Secret password) {
        KeyStore store = load(tls, "keystore", file, password);
        if (store == null) {
            return null;
        }
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password.reveal().toCharArray());
            return factory.getKeyManagers();
        } catch (GeneralSecurityException e) {
            tls.fault("keystore", file + " cannot be used: " + e.getMessage(), "name another store, or its password");
            return null;
        }
    }

    private static @Nullable KeyStore load(Section tls, String key, String file, Secret password) {
        if (file.isEmpty()) {
            return null;
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            // Reads JKS too.
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.isEmpty() ? null : password.reveal().toCharArray());
            return store;
        } catch (IOException | GeneralSecurityException e) {
            tls.fault(key, file + " cannot be read: " + e.getMessage(), "name a PKCS12 or JKS file, and its password");
            return null;
        }
    }
}
