package dev.nla.serve.engine;

import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.testing.TinyDataset;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.generation.Sampling;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.serve.api.request.DescribeRequest;
import dev.nla.serve.api.request.ReconstructRequest;
import dev.nla.serve.api.request.Span;
import dev.nla.serve.api.request.Target;
import dev.nla.serve.api.response.DescribeResponse;
import dev.nla.serve.api.response.RoundTrip;
import dev.nla.serve.engine.work.WorkObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A tiny model with its adapters in an engine, anew for each test, and requests to it. */
abstract class ServedEngine {
    /** Hot, since the random model repeats itself else. */
    static final Sampling DRAWN = new Sampling(8, 0, 1, 12);

    @TempDir
    private static Path folder;

    static TinyServed served;
    static Decoder decoder;
    static Tokenizer tokenizer;

    final Gate gate = new Gate();
    ModelEngine engine;

    /** Keeps the worker from taking the next batch while it is shut, and hears of every batch. */
    static final class Gate implements WorkObserver {
        final Semaphore open = new Semaphore(Integer.MAX_VALUE);
        final Semaphore reached = new Semaphore(0);
        final ConcurrentLinkedQueue<Integer> sizes = new ConcurrentLinkedQueue<>();

        @Override
        public void ran(String kind, int requests, double seconds) {
            sizes.add(requests);
            reached.release();
            open.acquireUninterruptibly();
            open.release();
        }

        @Override
        public void wrote(int tokens) {}
    }

    @BeforeAll
    static void load() throws IOException {
        served = TinyServed.in(folder);
        decoder = Decoder.load(served.model(), ComputeType.FLOAT32);
        tokenizer = Tokenizer.open(served.model());
    }

    @AfterAll
    static void unload() {
        tokenizer.close();
        decoder.close();
    }

    @BeforeEach
    void start() {
        engine = new ModelEngine(decoder, tokenizer, served.settings(20), gate);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    /** Runs something while the worker waits behind a batch of one, so that all it submits is in the queue together. */
    void whileTheWorkerIsBusy(Runnable action) {
        gate.reached.drainPermits();
        gate.open.acquireUninterruptibly(Integer.MAX_VALUE);
        try {
            engine.reconstruct(new ReconstructRequest("first", Optional.empty(), 0));
            gate.reached.acquireUninterruptibly();
            action.run();
        } finally {
            gate.open.release(Integer.MAX_VALUE);
        }
    }

    static RoundTrip trip(DescribeResponse described) {
        return described.descriptions().get(0).roundTrip().orElseThrow();
    }

    static DescribeRequest request(Target target, int samples, Sampling sampling, long seed) {
        return new DescribeRequest("one", target, OptionalInt.empty(), samples, sampling, seed, 0, true, false, false);
    }

    static Target text(String text, int position) {
        return new Target.OfText(text, PromptStyle.CHAT, Optional.of(new Span(position, position + 1)));
    }

    static float[] vector(int row) {
        return TinyDataset.rows().get(row).activation();
    }
}
