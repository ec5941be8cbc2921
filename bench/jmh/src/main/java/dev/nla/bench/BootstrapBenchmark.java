package dev.nla.bench;

import dev.nla.model.stats.DocumentBootstrap;
import dev.nla.model.stats.Documents;
import dev.nla.model.stats.Estimate;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A 95 % interval from 10,000 resamples of documents that have a text each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class BootstrapBenchmark {
    @Param({"500", "4000"})
    private int texts;

    private double[] gaps;

    /** Draws values. */
    @Setup
    public void draw() {
        gaps = new Random(0).doubles(texts).toArray();
    }

    /** One interval. */
    @Benchmark
    public Estimate interval() {
        return new DocumentBootstrap(DocumentBootstrap.DEFAULT_RESAMPLES, 0)
                .of(Documents.each(texts))
                .mean("gap", gaps);
    }
}
