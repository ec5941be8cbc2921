package dev.nla.remote.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server on the level of sockets, for what no well-made server does. Whatever is asked, it does the same. */
public final class RawServer implements AutoCloseable {
    /** Answers one connection whose request has been read. */
    @FunctionalInterface
    private interface Answer {
        void to(Socket socket) throws IOException;
    }

    private final ServerSocket server;
    /** Held, since a socket that nobody can reach is closed by the garbage collector. */
    private final Queue<Socket> connections = new ConcurrentLinkedQueue<>();

    private RawServer(Answer answer) {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(() -> {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                connections.add(socket);
                start(() -> {
                    readHeaders(socket.getInputStream());
                    answer.to(socket);
                });
            }
        });
    }

    /** Says this, then closes the connection. */
    public static RawServer saying(String bytes) {
        return new RawServer(socket -> {
            write(socket, bytes);
            socket.close();
        });
    }

    /** Says this, then nothing, and keeps the connection. */
    public static RawServer sayingThenSilent(String bytes) {
        return new RawServer(socket -> write(socket, bytes));
    }

    /** Says this, then blanks without end. */
    public static RawServer endless(String bytes) {
        byte[] blanks = new byte[10_000];
        Arrays.fill(blanks, (byte) ' ');
        return new RawServer(socket -> {
            write(socket, bytes);
            while (true) {
                socket.getOutputStream().write(blanks);
            }
        });
    }

    /** Resets every connection. */
    public static RawServer resetting() {
        return new RawServer(socket -> {
            socket.setSoLinger(true, 0);
            socket.close();
        });
    }

    /** Its address. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private static void write(Socket socket, String bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void readHeaders(InputStream in) throws IOException {
        String read = "";
        while (!read.endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return;
            }
            read += (char) next;
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // the other side is gone, or the server was closed
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
