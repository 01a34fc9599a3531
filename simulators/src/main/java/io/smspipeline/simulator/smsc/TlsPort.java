package io.smspipeline.simulator.smsc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Another port of the same SMSC, where SMPP is spoken inside TLS 1.2 or 1.3.
 *
 * @param port on 127.0.0.1; 0 = a free one
 * @param keystore PKCS12 or JKS with the SMSC's key and certificates
 * @param password of the keystore, of its key and of {@code trusted}
 * @param trusted keystore with certificates: an ESME must show one of these, or one they signed; null = it need show none
 */
public record TlsPort(
        int port, Path keystore, String password, @Nullable Path trusted) {
    /** @throws IOException when the port is taken or a keystore cannot be used */
    ServerSocket listen() throws IOException {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(read(keystore), password.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trustManagers(), null);
            SSLServerSocket server = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(port, 100, InetAddress.getLoopbackAddress());
            server.setNeedClientAuth(trusted != null);
            return server;
        } catch (GeneralSecurityException e) {
            throw new IOException("keystore " + keystore + " cannot be used: " + e.getMessage(), e);
        }
    }

    private TrustManager @Nullable [] trustManagers() throws GeneralSecurityException, IOException {
        if (trusted == null) {
            return null;
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(read(trusted));
        return trust.getTrustManagers();
    }

    private KeyStore read(Path file) throws GeneralSecurityException, IOException {
        try {
            return KeyStore.getInstance(file.toFile(), password.toCharArray());
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("keystore " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "TlsPort[" + port + ", " + keystore + ", trusted=" + trusted + "]";
    }
}
