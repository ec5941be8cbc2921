package dev.nla.serve;

import dev.nla.serve.engine.Engine;
import dev.nla.serve.http.HttpServer;
import dev.nla.serve.http.ServeSettings;
import dev.nla.serve.metrics.ServerMetrics;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A server that listens until it is closed. */
public final class NlaServer implements AutoCloseable {
    private final HttpServer http;
    private final Engine engine;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * Begins to listen.
     *
     * @param engine answers, and is closed with the server
     * @param metrics what the engine reports to
     * @param access takes a line for people about each request, from any thread
     */
    public NlaServer(ServeSettings settings, Engine engine, ServerMetrics metrics, Consumer<String> access) {
        this.engine = engine;
        try {
            this.http = new HttpServer(settings, engine, metrics, access);
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /** The port it listens on. */
    public int port() {
        return http.port();
    }

    /** Waits until another thread closes it. */
    public void await() throws InterruptedException {
        stopped.await();
    }

    /** Takes no more requests, lets those that are there end for a while, and frees everything. May be called twice. */
    @Override
    public synchronized void close() {
        if (stopped.getCount() > 0) {
            http.close();
            engine.close();
            stopped.countDown();
        }
    }
}
