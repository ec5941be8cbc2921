package dev.nla.serve.engine;

import dev.nla.claims.confidence.ConfidentReading;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.memory.PassBudget;
import dev.nla.model.decoder.memory.PassMemory.Writing;
import dev.nla.model.gap.Form;
import dev.nla.model.generation.Completion;
import dev.nla.model.generation.GenerationRequest;
import dev.nla.model.generation.Sampling;
import dev.nla.model.injection.VerbalizerPrompt;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.serve.api.fault.RequestException;
import dev.nla.serve.api.request.DescribeRequest;
import dev.nla.serve.api.request.Target;
import dev.nla.serve.api.response.DescribeResponse;
import dev.nla.serve.api.response.NearText;
import dev.nla.serve.api.response.Progress;
import dev.nla.serve.api.response.RoundTrip;
import dev.nla.serve.api.response.Usage;
import dev.nla.serve.engine.adapter.LoadedAdapter;
import dev.nla.serve.engine.work.BatchParts;
import dev.nla.serve.engine.work.Work;
import dev.nla.serve.engine.work.WorkObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Puts activations into words; on the worker, those of one adapter and one way of sampling together. */
final class DescribeWork {
    private static final int UNKNOWN = -1;

    private final Decoder decoder;
    private final TargetFinder finding;
    private final ActivationReader reading;
    private final Optional<LoadedActivations> loaded;
    private final Optional<ReconstructionScorer> scoring;
    private final Optional<ClaimReading> claims;
    private final PassBudget budget;
    private final WorkObserver observer;

    DescribeWork(
            Decoder decoder,
            TargetFinder finding,
            ActivationReader reading,
            Optional<LoadedActivations> loaded,
            Optional<ReconstructionScorer> scoring,
            Optional<ClaimReading> claims,
            PassBudget budget,
            WorkObserver observer) {
        this.decoder = decoder;
        this.finding = finding;
        this.reading = reading;
        this.loaded = loaded;
        this.scoring = scoring;
        this.claims = claims;
        this.budget = budget;
        this.observer = observer;
    }

    /** What can be written together: the adapter and everything that the kernels take once a batch. */
    private record Key(LoadedAdapter adapter, float temperature, int topK, float topP, int samples) {}

    /** A request as work. */
    DescribeTask work(DescribeRequest request, LoadedAdapter adapter, Progress progress) {
        if (request.confidence()) {
            adapter.confidence().required();
        }
        Found target = finding.find(request.target(), adapter.origin(), "");
        int layer = target.layer().orElseGet(() -> layer(request, adapter));
        Sampling sampling = request.sampling();
        Key key = new Key(adapter, sampling.temperature(), sampling.topK(), sampling.topP(), request.samples());
        Writing writing = writing(adapter, sampling);
        requireMemory(writing);
        return new DescribeTask(
                new Work.Kind<>("describe", key, budget.prompts(writing, request.samples()), this::run),
                request,
                adapter,
                target,
                layer,
                progress);
    }

    private static Writing writing(LoadedAdapter adapter, Sampling sampling) {
        VerbalizerPrompt prompt = adapter.verbalizer().prompt();
        return new Writing(
                prompt.prefix().length,
                prompt.suffix().length,
                sampling.maxNewTokens(),
                sampling.topK() > 0 || sampling.topP() < 1);
    }

    private void requireMemory(Writing writing) {
        int limit = budget.limit(writing);
        if (limit == 0) {
            throw RequestException.invalid(
                    "adapter",
                    "has a prompt of %d tokens, more than this server has memory for: give it more memory",
                    writing.prefix() + writing.prompt());
        }
        if (limit < writing.limit()) {
            throw RequestException.invalid(
                    "max_new_tokens",
                    "%d are more than this server has memory for: ask for at most %d, or give it more memory",
                    writing.limit(),
                    limit);
        }
    }

    /** The block that an activation is to be read of, or is said to be of; {@link #UNKNOWN} where neither the request nor the adapter says it of a vector. */
    private int layer(DescribeRequest request, LoadedAdapter adapter) {
        int own = request.layer().orElse(adapter.layer().orElse(UNKNOWN));
        if (own == UNKNOWN && request.target() instanceof Target.OfText) {
            throw RequestException.invalid(
                    "layer", "is missing: the adapter '%s' does not say which it is of", adapter.name());
        }
        return own;
    }

    private void run(List<DescribeTask> batch) {
        int samples = batch.get(0).request.samples();
        BatchParts.parts(batch, part -> budget.prompts(writing(part), samples) >= part.size())
                .forEach(this::write);
    }

    /** The longest of descriptions by one adapter. */
    private static Writing writing(List<DescribeTask> batch) {
        DescribeTask first = batch.get(0);
        int longest = batch.stream().mapToInt(DescribeTask::maxNewTokens).max().orElseThrow();
        return writing(first.adapter, first.request.sampling()).upTo(longest);
    }

    private void write(List<DescribeTask> batch) {
        LoadedAdapter adapter = batch.get(0).adapter;
        Verbalizer verbalizer = adapter.verbalizer();
        float[][] vectors = vectors(batch);
        int samples = batch.get(0).request.samples();
        Writing writing = writing(batch);
        Sampling first = batch.get(0).request.sampling();
        Sampling sampling = new Sampling(first.temperature(), first.topK(), first.topP(), writing.limit());
        long[] seeds = batch.stream().mapToLong(task -> task.request.seed()).toArray();
        GenerationRequest request = verbalizer.request(vectors, sampling, samples, seeds);
        List<Completion> completions =
                CompletionWriter.run(decoder, request, adapter.weights(), budget.samples(writing, batch.size()), batch);
        observer.wrote(
                completions.stream().mapToInt(each -> each.tokens().length).sum());
        List<Description> written =
                completions.stream().map(verbalizer.format()::read).toList();
        List<Optional<RoundTrip>> scores = scores(batch, vectors, written, samples);
        for (int i = 0; i < batch.size(); i++) {
            finish(
                    batch.get(i),
                    vectors[i],
                    written.subList(i * samples, (i + 1) * samples),
                    scores.subList(i * samples, (i + 1) * samples));
        }
    }

    /** Activations of a batch; those of one block are read together. */
    private float[][] vectors(List<DescribeTask> batch) {
        float[][] vectors = new float[batch.size()][];
        for (int layer : batch.stream().mapToInt(task -> task.layer).distinct().toArray()) {
            List<Integer> places = new ArrayList<>();
            List<Found> targets = new ArrayList<>();
            for (int i = 0; i < vectors.length; i++) {
                if (batch.get(i).layer == layer) {
                    places.add(i);
                    targets.add(batch.get(i).target);
                }
            }
            float[][] read = reading.vectors(targets, layer);
            for (int k = 0; k < read.length; k++) {
                vectors[places.get(k)] = read[k];
            }
        }
        return vectors;
    }

    /** A score for every description of those that are to be scored. */
    private List<Optional<RoundTrip>> scores(
            List<DescribeTask> batch, float[][] vectors, List<Description> written, int samples) {
        List<Integer> which = new ArrayList<>();
        for (int row = 0; row < written.size(); row++) {
            if (scored(batch.get(row / samples))
                    && scoring.orElseThrow().reads(written.get(row).text())) {
                which.add(row);
            }
        }
        List<Optional<RoundTrip>> out = new ArrayList<>();
        written.forEach(description -> out.add(Optional.empty()));
        if (!which.isEmpty()) {
            List<RoundTrip> found = scoring.orElseThrow()
                    .score(
                            which.stream().map(row -> written.get(row).text()).toList(),
                            which.stream().map(row -> vectors[row / samples]).toArray(float[][]::new));
            for (int k = 0; k < found.size(); k++) {
                out.set(which.get(k), Optional.of(found.get(k)));
            }
        }
        return out;
    }

    private boolean scored(DescribeTask task) {
        return task.wanted()
                && task.request.scored()
                && scoring.filter(ReconstructionScorer::ranks).isPresent()
                && (task.layer == UNKNOWN || task.layer == scoring.get().layer());
    }

    private void finish(
            DescribeTask task, float[] vector, List<Description> written, List<Optional<RoundTrip>> scores) {
        List<DescribeResponse.Written> descriptions = new ArrayList<>();
        for (int g = 0; g < written.size(); g++) {
            Description description = written.get(g);
            descriptions.add(new DescribeResponse.Written(
                    description.text(),
                    description.finishReason(),
                    description.defect().map(defect -> defect.name().toLowerCase(Locale.ROOT)),
                    scores.get(g)));
        }
        List<String> warnings = warnings(task);
        Optional<DescribeResponse.Claims> judged = claims(task, vector, written.get(0), warnings);
        Verbalizer verbalizer = task.adapter.verbalizer();
        int prompt = verbalizer.prompt().prefix().length + verbalizer.prompt().suffix().length;
        int completion = written.stream()
                .mapToInt(each -> each.completion().tokens().length)
                .sum();
        task.result()
                .complete(new DescribeResponse(
                        task.adapter.name(),
                        Optional.of(task.layer).filter(layer -> layer != UNKNOWN),
                        task.target.place(),
                        descriptions,
                        judged,
                        nearest(task, vector),
                        warnings,
                        new Usage(prompt, completion)));
    }

    /** The claims of a description that is asked how likely they are; what keeps them from being known is added to the warnings. */
    private Optional<DescribeResponse.Claims> claims(
            DescribeTask task, float[] vector, Description shown, List<String> warnings) {
        if (!task.request.confidence() || !task.wanted()) {
            return Optional.empty();
        }
        OptionalInt layer = task.layer == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(task.layer);
        List<String> withdrawn = claims.orElseThrow().withdrawn(task.adapter, task.target, layer);
        warnings.addAll(withdrawn);
        if (!withdrawn.isEmpty()) {
            return Optional.empty();
        }
        if (task.request.search()) {
            ClaimReading.unsearched(task.adapter).ifPresent(warnings::add);
        }
        Optional<ConfidentReading> reading = claims.orElseThrow()
                .read(
                        task.adapter,
                        vector,
                        shown,
                        writing(task.adapter, task.request.sampling()),
                        task.request.seed(),
                        task.request.search(),
                        task::wanted);
        if (reading.isEmpty()) {
            warnings.add("a description is longer than the reconstructor reads: no probabilities are given");
        }
        return reading.map(each -> new DescribeResponse.Claims(
                each, task.adapter.confidence().required().meaning()));
    }

    private List<NearText> nearest(DescribeTask task, float[] vector) {
        return task.request.nearest() == 0
                ? List.of()
                : loaded.filter(rows -> task.layer == UNKNOWN || rows.layer() == task.layer)
                        .map(rows -> rows.texts(
                                rows.cosines(new float[][] {vector}, Form.CENTERED)[0], task.request.nearest()))
                        .orElse(List.of());
    }

    private List<String> warnings(DescribeTask task) {
        List<String> warnings = new ArrayList<>();
        task.adapter.layer().filter(own -> own != task.layer && task.layer != UNKNOWN).stream()
                .map(own -> "the adapter '%s' was trained on activations of layer %d, these are of layer %d"
                        .formatted(task.adapter.name(), own, task.layer))
                .forEach(warnings::add);
        task.target
                .unlike(task.adapter.origin())
                .forEach(line -> warnings.add("the adapter '%s' was trained on %s: its words may be made up"
                        .formatted(task.adapter.name(), line)));
        if (scored(task)) {
            warnings.addAll(scoring.orElseThrow().warnings(task.target));
        }
        return warnings;
    }
}
