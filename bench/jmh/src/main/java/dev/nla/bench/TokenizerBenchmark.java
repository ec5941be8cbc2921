package dev.nla.bench;

import dev.nla.model.tokenizer.Tokenizer;
import java.nio.file.Path;
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

/** Encoding a scene of the shipped model's world, repeated to the asked length. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class TokenizerBenchmark {
    private static final String SCENE = "They say it was a schoolmaster. Some cleaning was going on. ";

    @Param({"1", "100"})
    private int scenes;

    private Tokenizer tokenizer;
    private String text;

    /** Opens the tokenizer. */
    @Setup
    public void open() {
        tokenizer = Tokenizer.open(Path.of(System.getProperty("nla.root")).resolve("models/scenes"));
        text = SCENE.repeat(scenes);
    }

    /** One text. */
    @Benchmark
    public long[] encode() {
        return tokenizer.encode(text);
    }

    /** Frees the tokenizer. */
    @TearDown
    public void close() {
        tokenizer.close();
    }
}
