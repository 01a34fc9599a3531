package io.smspipeline.provider.smpp.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import org.jsmpp.session.connection.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The TCP connection of a session, plain or TLS. */
final class SocketLink implements Connection {
    private static final Logger LOG = LoggerFactory.getLogger(SocketLink.class);

    /** The kernel counts its own bookkeeping against the buffer, several times the octets of a small PDU. */
    private static final int OVERHEAD = 8;

    private final Socket transport;
    private final Socket socket;
    private final InputStream in;
    private final BurstOutput out;

    /**
     * @param transport the TCP socket
     * @param socket where octets are read and written: the same, or TLS over it
     */
    SocketLink(Socket transport, Socket socket) throws IOException {
        this.transport = transport;
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = new BurstOutput(socket.getOutputStream(), transport.getSendBufferSize() / OVERHEAD);
    }

    BurstOutput output() {
        return out;
    }

    @Override
    public boolean isOpen() {
        return !transport.isClosed();
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public void setSoTimeout(int timeout) throws IOException {
        socket.setSoTimeout(timeout);
    }

    /** Closes the transport, not the TLS layer over it: the latter would wait for a writer that is stuck. */
    @Override
    public void close() {
        out.shut();
        try {
            transport.close();
        } catch (IOException e) {
            LOG.debug("closing socket: {}", e.toString());
        }
    }

    @Override
    public InetAddress getInetAddress() {
        return transport.getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return transport.getLocalAddress();
    }

    @Override
    public int getPort() {
        return transport.getPort();
    }

    @Override
    public int getLocalPort() {
        return transport.getLocalPort();
    }
}
