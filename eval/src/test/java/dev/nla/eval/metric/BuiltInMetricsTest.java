package dev.nla.eval.metric;

import dev.nla.eval.testing.MetricContract;
import java.util.List;

/** Protects that the metrics that come along keep what is asked of those from outside. */
class BuiltInMetricsTest extends MetricContract {
    @Override
    protected List<Metric> metrics() {
        return Metrics.ALL;
    }
}
