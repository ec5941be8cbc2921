package dev.nla.serve.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
import dev.nla.serve.api.request.Limits;
import dev.nla.serve.engine.Engine;
import dev.nla.serve.http.exchange.BodyBudget;
import dev.nla.serve.http.exchange.Exchange;
import dev.nla.serve.http.exchange.JsonAnswers;
import dev.nla.serve.http.route.AdapterRoutes;
import dev.nla.serve.http.route.ChatRoutes;
import dev.nla.serve.http.route.DescribeRoutes;
import dev.nla.serve.http.route.ModelRoutes;
import dev.nla.serve.http.route.PageRoutes;
import dev.nla.serve.http.route.Route;
import dev.nla.serve.metrics.ServerMetrics;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.JettyConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes over HTTP: each connection has a thread while its request is answered, and there are as many threads as connections. */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    /** Threads that accept and select, and some to spare. */
    private static final int OWN_THREADS = 12;

    /** Counted, never seen: the status of requests whose client left. */
    private static final int CLIENT_LEFT = 499;

    /** Activations that one request may have described. */
    private static final int MOST_ROWS = 10_000;

    private static final int HEADER_BYTES = 16 << 10;
    /** JsonAnswers that are ready when the server's patience ends have at least this long to reach their clients. */
    private static final Duration SENDING = Duration.ofSeconds(2);

    /** While there are as many connections as may be, those on which nothing moves are closed after this. */
    private static final Duration CROWDED_IDLE = Duration.ofSeconds(2);

    private final ServeSettings settings;
    private final Engine engine;
    private final ServerMetrics metrics;
    private final BodyBudget budget;
    private final Guard guard;
    private final AccessLog access;
    private final AtomicInteger active = new AtomicInteger();
    private final Javalin app;
    private volatile boolean stopping;
    private ServerConnector connector;

    /**
     * Begins to listen.
     *
     * @param engine answers; stays the caller's
     * @param access takes a line for people about each request, from any thread
     * @throws InputException where the address is taken
     */
    public HttpServer(ServeSettings settings, Engine engine, ServerMetrics metrics, Consumer<String> access) {
        this(
                settings,
                engine,
                metrics,
                BodyBudget.of(Runtime.getRuntime().maxMemory(), settings.maxBodyBytes()),
                new AccessLog(access, Clock.systemDefaultZone()));
    }

    HttpServer(ServeSettings settings, Engine engine, ServerMetrics metrics, BodyBudget budget, AccessLog access) {
        this.access = access;
        this.settings = settings;
        this.budget = budget;
        this.engine = engine;
        this.metrics = metrics;
        this.guard = new Guard(settings.token(), settings.host());
        metrics.watchQueue(engine::waiting);
        this.app = Javalin.create(this::configure);
        try {
            app.start();
        } catch (RuntimeException e) {
            app.stop();
            throw InputException.data(
                    e,
                    "%s:%d cannot be listened on: %s: give another %s",
                    settings.host(),
                    settings.port(),
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(),
                    Key.of("port"));
        }
    }

    /** The port it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.requestLogger.http(access::answered);
        config.http.compressionStrategy = CompressionStrategy.NONE;
        listen(config.jetty);
        for (Route route : routes(engine, settings, budget, () -> stopping, metrics)) {
            config.routes.addEndpoint(new Endpoint(route.method(), route.path(), context -> serve(route, context)));
        }
        config.routes.exception(HttpResponseException.class, (failure, context) -> refuse(context, ofHttp(failure)));
        config.routes.exception(Exception.class, (failure, context) -> refuse(context, ofOther(failure)));
    }

    /**
     * Everything that may be asked.
     *
     * @param budget what the requests together may take
     * @param stopping whether the server is
     */
    static List<Route> routes(
            Engine engine, ServeSettings settings, BodyBudget budget, BooleanSupplier stopping, ServerMetrics metrics) {
        Exchange exchange =
                new Exchange(settings.maxBodyBytes(), settings.idleTimeout(), settings.requestTimeout(), budget);
        Limits limits = new Limits(
                engine.model().width(),
                engine.model().layers(),
                settings.maxNewTokens(),
                settings.maxSamples(),
                (int) Math.min(Integer.MAX_VALUE, settings.maxBodyBytes()),
                64,
                MOST_ROWS);
        List<Route> routes = new ArrayList<>(PageRoutes.all());
        routes.add(Route.open("/health", context -> health(context, engine, stopping.getAsBoolean())));
        routes.add(Route.get("/metrics", context -> context.contentType("text/plain; version=0.0.4; charset=utf-8")
                .result(metrics.text())));
        routes.addAll(new AdapterRoutes(engine, limits, exchange).all());
        routes.addAll(new ModelRoutes(engine, limits, exchange).all());
        routes.addAll(new DescribeRoutes(engine, limits, exchange).all());
        routes.addAll(new ChatRoutes(engine, limits, exchange).all());
        return routes;
    }

    private void listen(JettyConfig jetty) {
        jetty.threadPool = threads();
        jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setRequestHeaderSize(HEADER_BYTES);
        });
        jetty.modifyServer(server -> server.setErrorHandler(new Refusals()));
        jetty.modifyServletContextHandler(context -> context.setErrorHandler(new Refusals()));
        jetty.addConnector((server, http) -> {
            connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
            connector.setHost(settings.host());
            connector.setPort(settings.port());
            connector.setIdleTimeout(settings.idleTimeout().toMillis());
            connector.setAcceptQueueSize(settings.maxConnections());
            HeadDeadline deadline = new HeadDeadline(connector.getScheduler(), settings.idleTimeout());
            http.addCustomizer(deadline);
            http.addCustomizer((request, headers) -> counted(request));
            connector.addBean(deadline);
            connector.addBean(new ConnectionLimit(settings.maxConnections(), CROWDED_IDLE, connector));
            return connector;
        });
    }

    /** Threads for as many requests as there may be connections; after a burst, those that have had nothing to do end together. */
    private QueuedThreadPool threads() {
        int most = settings.maxConnections() + OWN_THREADS;
        QueuedThreadPool threads = new QueuedThreadPool(
                most, OWN_THREADS, (int) settings.idleTimeout().toMillis());
        threads.setMaxEvictCount(most);
        return threads;
    }

    /**
     * Counts a request until all of its answer has been sent, which is after its handler is done. A client that reads a little now and then
     * would keep what is held for it for as long as it likes, so its connection is closed in the end.
     */
    private Request counted(Request request) {
        active.incrementAndGet();
        EndPoint client = request.getConnectionMetaData().getConnection().getEndPoint();
        Scheduler.Task end =
                connector.getScheduler().schedule(client::close, longest().toNanos(), TimeUnit.NANOSECONDS);
        Request.addCompletionListener(request, failure -> {
            end.cancel();
            active.decrementAndGet();
        });
        return request;
    }

    /** Time for a body to come, and then as long as may be for its turn, for its answer and for sending that. */
    private Duration longest() {
        return settings.idleTimeout().plus(settings.requestTimeout().multipliedBy(3));
    }

    private static void health(Context context, Engine engine, boolean stopping) {
        ObjectNode root = JsonAnswers.object();
        root.put("status", stopping ? "stopping" : "ok").put("waiting", engine.waiting());
        Exchange.send(context, stopping ? Fault.STOPPING.status() : 200, root);
    }

    private void serve(Route route, Context context) {
        long begin = System.nanoTime();
        try {
            context.header("X-Content-Type-Options", "nosniff").header("Referrer-Policy", "no-referrer");
            if (!route.open()) {
                guard.check(context);
            }
            if (route.method() == HandlerType.POST) {
                guard.checkJson(context);
            }
            route.handler().handle(context);
        } catch (EofException e) {
            context.status(CLIENT_LEFT);
        } catch (Exception failure) {
            refuse(context, failure instanceof RequestException refused ? refused : ofOther(failure));
        } catch (StackOverflowError | OutOfMemoryError failure) {
            // What the request held is free by now: the others go on.
            LOG.error("a request failed", failure);
            refuse(context, Exchange.failure(failure));
        } finally {
            metrics.answered(
                    route.method().name(),
                    route.path(),
                    context.statusCode(),
                    Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    private static RequestException ofHttp(HttpResponseException failure) {
        return switch (failure.getStatus()) {
            case 404 -> RequestException.of(Fault.NOT_FOUND, "there is nothing here; /openapi.json says what there is");
            case 405 -> RequestException.of(Fault.METHOD_NOT_ALLOWED, "this path takes another method");
            case 413 -> RequestException.of(Fault.TOO_LARGE, "%s", failure.getMessage());
            default -> RequestException.of(Fault.INVALID_REQUEST, "%s", failure.getMessage());
        };
    }

    private static RequestException ofOther(Exception failure) {
        if (failure instanceof InputException) {
            return Exchange.failure(failure);
        }
        if (failure instanceof IOException || failure instanceof UncheckedIOException) {
            return failure.getCause() instanceof TimeoutException
                    ? Exchange.tooSlow()
                    : RequestException.of(Fault.INVALID_REQUEST, "the body could not be read to its end");
        }
        LOG.error("a request failed", failure);
        return Exchange.failure(failure);
    }

    /** JsonAnswers with an error, unless an answer has begun already. */
    private static void refuse(Context context, RequestException failure) {
        if (context.res().isCommitted()) {
            return;
        }
        switch (failure.fault()) {
            case QUEUE_FULL, STOPPING -> context.header("Retry-After", "1");
            case TOO_LARGE, TOO_SLOW -> context.header("Connection", "close");
            default -> {}
        }
        Exchange.send(context, failure.fault().status(), JsonAnswers.error(failure));
    }

    /** Lets requests end for as long as the settings say, and then stops listening. */
    @Override
    public void close() {
        stopping = true;
        long patient = System.nanoTime() + settings.patience().toNanos();
        engine.drain(settings.patience());
        long until = Math.max(patient, System.nanoTime() + SENDING.toNanos());
        while (active.get() > 0 && System.nanoTime() < until) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        app.stop();
    }
}
