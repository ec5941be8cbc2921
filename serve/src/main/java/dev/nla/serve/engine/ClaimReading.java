package dev.nla.serve.engine;

import dev.nla.claims.calibration.CalibrationOrigin;
import dev.nla.claims.calibration.ClaimCalibration;
import dev.nla.claims.confidence.ConfidenceMeasurement;
import dev.nla.claims.confidence.ConfidentReading;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.memory.PassBudget;
import dev.nla.model.decoder.memory.PassMemory.Writing;
import dev.nla.model.generation.Completion;
import dev.nla.model.generation.GenerationRequest;
import dev.nla.model.generation.Sampling;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.serve.engine.adapter.LoadedAdapter;
import dev.nla.serve.engine.work.WorkObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Says of each claim of a greedy description how likely it is true; on the worker. */
final class ClaimReading {
    private final Decoder decoder;
    private final ReconstructionScorer critic;
    private final PassBudget budget;
    private final WorkObserver observer;
    private final String model;

    /**
     * Readings by a reconstructor.
     *
     * @param model fingerprint of the model's weights
     */
    ClaimReading(Decoder decoder, ReconstructionScorer critic, PassBudget budget, WorkObserver observer, String model) {
        this.decoder = decoder;
        this.critic = critic;
        this.budget = budget;
        this.observer = observer;
        this.model = model;
    }

    /** Someone who waits for the samples, of which nothing is shown. */
    private record Waiting(BooleanSupplier waits, int maxNewTokens) implements CompletionWriter.Writer {
        @Override
        public boolean wanted() {
            return waits.getAsBoolean();
        }

        @Override
        public boolean shown() {
            return false;
        }

        @Override
        public boolean grown(int sample, Completion soFar) {
            return false;
        }
    }

    /** Why an adapter's calibration says nothing of an activation, a line for each reason; empty where it does. */
    List<String> withdrawn(LoadedAdapter adapter, Found target, OptionalInt layer) {
        CalibrationOrigin origin = adapter.confidence().required().origin();
        return origin.withdrawn("'" + adapter.name() + "'", target.unlike(origin.activations()), model, layer);
    }

    /** What has to be said of a search that was asked for and is not made. */
    static Optional<String> unsearched(LoadedAdapter adapter) {
        return adapter.confidence().required().searches()
                ? Optional.empty()
                : Optional.of(
                        "search is not known to make the descriptions of the adapter '%s' truer: it is as it was written"
                                .formatted(adapter.name()));
    }

    /**
     * Samples other descriptions of an activation and measures the claims of the shown one.
     *
     * @param writing the longest description
     * @param waits whether someone still waits
     * @return empty where a description is longer than the reconstructor reads, or nobody waits any more
     */
    Optional<ConfidentReading> read(
            LoadedAdapter adapter,
            float[] activation,
            Description shown,
            Writing writing,
            long seed,
            boolean search,
            BooleanSupplier waits) {
        ClaimCalibration calibration = adapter.confidence().required();
        Verbalizer verbalizer = adapter.verbalizer();
        List<Description> drawn = new ArrayList<>();
        int samples = calibration.origin().samples();
        if (samples > 0) {
            GenerationRequest request = verbalizer.request(
                    new float[][] {activation}, new Sampling(1, 0, 1, writing.limit()), samples, new long[] {seed});
            List<Completion> completions = CompletionWriter.run(
                    decoder,
                    request,
                    adapter.weights(),
                    budget.samples(writing, 1),
                    List.of(new Waiting(waits, writing.limit())));
            observer.wrote(
                    completions.stream().mapToInt(each -> each.tokens().length).sum());
            completions.stream().map(verbalizer.format()::read).forEach(drawn::add);
        }
        boolean readable = Stream.concat(Stream.of(shown), drawn.stream()).allMatch(each -> critic.reads(each.text()));
        if (!readable || !waits.getAsBoolean()) {
            return Optional.empty();
        }
        boolean searched = search && calibration.searches();
        return Optional.of(new ConfidenceMeasurement(
                        calibration,
                        verbalizer.format(),
                        critic::reconstruct,
                        verbalizer.injection().center())
                .read(activation, shown, drawn, searched));
    }
}
