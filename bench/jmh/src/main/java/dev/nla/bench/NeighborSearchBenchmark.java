package dev.nla.bench;

import ai.djl.ndarray.NDManager;
import dev.nla.data.dataset.Activations;
import dev.nla.data.neighbors.NeighborSearch;
import dev.nla.data.neighbors.Neighbors;
import dev.nla.model.torch.TorchRuntime;
import java.util.Optional;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The twenty nearest of every row of width 576. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class NeighborSearchBenchmark {
    private static final int WIDTH = 576;

    @Param({"1000", "4000"})
    private int rows;

    private float[][] vectors;
    private NDManager manager;

    /** Draws vectors. */
    @Setup
    public void draw() {
        Random random = new Random(0);
        vectors = new float[rows][WIDTH];
        for (float[] vector : vectors) {
            for (int i = 0; i < WIDTH; i++) {
                vector[i] = (float) random.nextGaussian();
            }
        }
        manager = TorchRuntime.newManager(TorchRuntime.defaultDevice());
    }

    /** One search. */
    @Benchmark
    public Neighbors nearest() {
        return new NeighborSearch(manager).nearest(Activations.of(vectors), 20, Optional.empty());
    }

    /** Frees the engine's memory. */
    @TearDown
    public void close() {
        manager.close();
    }
}
