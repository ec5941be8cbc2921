package dev.nla.bench;

import dev.nla.model.safetensors.DType;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.safetensors.SafetensorsWriter;
import dev.nla.model.safetensors.TensorToWrite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

/** Reading 4 million numbers from a mapped file that is in the page cache. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class SafetensorsBenchmark {
    private static final int NUMBERS = 4_000_000;

    @Param({"F32", "BF16"})
    private DType type;

    private Path file;
    private SafetensorsFile open;

    /** Writes the file. */
    @Setup
    public void write() throws IOException {
        file = Files.createTempFile("nla-jmh", ".safetensors");
        long[] shape = {NUMBERS};
        float[] numbers = new float[NUMBERS];
        TensorToWrite tensor = type == DType.BF16
                ? TensorToWrite.bf16("numbers", shape, numbers)
                : TensorToWrite.floats("numbers", shape, numbers);
        SafetensorsWriter.write(file, Map.of(), List.of(tensor));
        open = SafetensorsFile.open(file);
    }

    /** One read. */
    @Benchmark
    public float[] read() {
        return open.floats("numbers");
    }

    /** Deletes the file. */
    @TearDown
    public void delete() throws IOException {
        open.close();
        Files.delete(file);
    }
}
