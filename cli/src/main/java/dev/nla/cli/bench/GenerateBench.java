package dev.nla.cli.bench;

import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.DecodingType;
import dev.nla.model.generation.Sampling;
import dev.nla.model.verbalizer.RawText;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.train.config.SftConfig;
import dev.nla.train.session.NewAdapters;
import dev.nla.train.session.TrainingInputs;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;

/** Describing activations, each in exactly the asked number of tokens. */
public final class GenerateBench {
    private GenerateBench() {}

    /** Batch after batch, after one that warms up. */
    public static Measurement run(Workload work) {
        try (BenchFolder folder = BenchFolder.withDataset(work, work.measured() + work.batch())) {
            SftConfig config = BenchConfigs.sft(work.in("float32"), folder, "verbalizer");
            try (TrainingInputs inputs = TrainingInputs.open(config.run(), config.report());
                    Decoder decoder = Decoder.load(work.model(), type(work, inputs))) {
                Verbalizer verbalizer = new NewAdapters(config, inputs.data(), inputs.decoder())
                        .verbalizer()
                        .verbalizer();
                Measurement measured = measure(work, inputs, verbalizer.on(decoder));
                verbalizer.adapter().close();
                return measured;
            }
        }
    }

    /** The type that rollouts are written in, unless another one is asked for. */
    private static ComputeType type(Workload work, TrainingInputs inputs) {
        ComputeType training = ComputeType.resolve(work.dtype());
        return work.dtype().equals("auto")
                ? DecodingType.of(
                        inputs.decoder().config(), inputs.decoder().manager().getDevice(), training, work.batch())
                : training;
    }

    private static Measurement measure(Workload work, TrainingInputs inputs, Verbalizer verbalizer) {
        describe(work, inputs, verbalizer, 0, work.newTokens());
        long begin = System.nanoTime();
        for (int step = 1; step <= work.steps(); step++) {
            describe(work, inputs, verbalizer, step, work.newTokens());
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        long prompts = System.nanoTime();
        describe(work, inputs, verbalizer, 0, 1);
        Map<String, Double> phases = new LinkedHashMap<>();
        phases.put("first_token_seconds", (System.nanoTime() - prompts) / 1e9 * work.steps());
        phases.put("later_tokens_seconds", seconds - phases.get("first_token_seconds"));
        return new Measurement(
                seconds, Map.of("tokens_per_s", (double) work.measured() * work.newTokens() / seconds), phases);
    }

    private static void describe(Workload work, TrainingInputs inputs, Verbalizer verbalizer, int step, int tokens) {
        int[] rows = Arrays.copyOfRange(inputs.data().trainRows(), step * work.batch(), (step + 1) * work.batch());
        verbalizer.describe(
                inputs.data().activations(rows),
                new Sampling(0.7f, 0, 1, tokens),
                1,
                LongStream.range(0, rows.length).toArray(),
                new RawText(inputs.data().tokenizer()));
    }
}
