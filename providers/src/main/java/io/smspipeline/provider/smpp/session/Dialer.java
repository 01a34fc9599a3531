package io.smspipeline.provider.smpp.session;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jsmpp.session.connection.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections: with a time limit, without Nagle's delay (which costs a third of the rate at small windows), with
 * keep-alive, and with TLS where asked for. Safe for use by many threads.
 */
public final class Dialer {
    /** The window bounds what is unacknowledged; with room for it in the kernel no write blocks but on a dead peer. */
    private static final int SEND_BUFFER = 256 * 1024;

    private final Duration timeout;
    private final @Nullable Security tls;

    /** Where TLS gets its certificates from. */
    public interface Security {
        /**
         * Called for each connection.
         *
         * @throws IOException when the certificates cannot be read now
         */
        SSLContext context() throws IOException;
    }

    /**
     * @param timeout for the connection, and once more for the TLS handshake
     * @param tls null for plain TCP
     */
    public Dialer(Duration timeout, @Nullable Security tls) {
        this.timeout = timeout;
        this.tls = tls;
    }

    Connection dial(String host, int port) throws IOException {
        Socket transport = new Socket();
        try {
            transport.setTcpNoDelay(true);
            transport.setKeepAlive(true);
            transport.setSendBufferSize(SEND_BUFFER);
            transport.connect(new InetSocketAddress(host, port), Math.toIntExact(timeout.toMillis()));
            return new SocketLink(transport, tls == null ? transport : secured(transport, host, port, tls.context()));
        } catch (IOException | RuntimeException e) {
            transport.close();
            throw e;
        }
    }

    private Socket secured(Socket transport, String host, int port, SSLContext context) throws IOException {
        SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(transport, host, port, true);
        SSLParameters parameters = secured.getSSLParameters();
        // RFC 2818: the certificate must name the host of the settings. Without this any trusted certificate would do.
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        secured.setSSLParameters(parameters);
        secured.setSoTimeout(Math.toIntExact(timeout.toMillis()));
        secured.startHandshake();
        secured.setSoTimeout(0);
        return secured;
    }
}
