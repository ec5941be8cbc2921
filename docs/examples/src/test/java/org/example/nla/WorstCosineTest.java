package org.example.nla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.eval.metric.Metric;
import dev.nla.eval.metric.MetricRegistry;
import dev.nla.eval.testing.MetricContract;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Protects the example: it keeps what every metric must, and its jar makes it known to the program. */
class WorstCosineTest extends MetricContract {
    @Override
    protected List<Metric> metrics() {
        return List.of(new WorstCosine());
    }

    @Test
    void isFoundByTheProgram() {
        assertThat(MetricRegistry.installed().of("worst_cosine").orElseThrow()).isInstanceOf(WorstCosine.class);
    }
}
