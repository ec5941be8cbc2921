package dev.nla.serve.metrics;

import dev.nla.serve.engine.work.WorkObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.IntSupplier;

/** Requests by route and status, batches by kind, tokens, the queue, memory, threads and processor. Safe for use by several threads. */
public final class ServerMetrics implements WorkObserver {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Counter tokens = Counter.builder("nla.generated.tokens")
            .description("Tokens written")
            .register(registry);

    /** Everything at zero. */
    public ServerMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** Shows how many requests wait. */
    public void watchQueue(IntSupplier waiting) {
        Gauge.builder("nla.queue.waiting", () -> waiting.getAsInt())
                .description("Requests that wait for the model")
                .register(registry);
    }

    /** A request was answered. */
    public void answered(String method, String route, int status, Duration took) {
        Timer.builder("nla.http.requests")
                .description("Requests answered")
                .tag("method", method)
                .tag("route", route)
                .tag("status", Integer.toString(status))
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(2))
                .register(registry)
                .record(took);
    }

    @Override
    public void ran(String kind, int requests, double seconds) {
        DistributionSummary.builder("nla.batch.requests")
                .description("Requests run together")
                .tag("kind", kind)
                .register(registry)
                .record(requests);
        Timer.builder("nla.batch")
                .description("Time of batches")
                .tag("kind", kind)
                .register(registry)
                .record(Duration.ofNanos((long) (seconds * 1e9)));
    }

    @Override
    public void wrote(int count) {
        tokens.increment(count);
    }

    /** All of it as text. */
    public String text() {
        return registry.scrape();
    }
}
