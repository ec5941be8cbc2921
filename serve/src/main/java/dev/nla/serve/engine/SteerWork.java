package dev.nla.serve.engine;

import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.memory.PassBudget;
import dev.nla.model.decoder.memory.PassMemory.Writing;
import dev.nla.model.generation.Completion;
import dev.nla.model.generation.GenerationRequest;
import dev.nla.model.generation.Steering;
import dev.nla.model.sidecar.ActivationOrigin;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
import dev.nla.serve.api.request.Span;
import dev.nla.serve.api.request.SteerRequest;
import dev.nla.serve.api.request.Target;
import dev.nla.serve.api.response.ChatResponse;
import dev.nla.serve.api.response.SteerResponse;
import dev.nla.serve.api.response.Usage;
import dev.nla.serve.engine.work.Work;
import dev.nla.serve.engine.work.WorkObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes vectors into texts' activations and lets the model go on, beside itself left alone; on the worker. */
final class SteerWork {
    private final Decoder decoder;
    private final Tokenizer tokenizer;
    private final TargetFinder finding;
    private final ActivationReader reading;
    private final Optional<ReconstructionScorer> critic;
    private final PassBudget budget;
    private final WorkObserver observer;

    SteerWork(
            Decoder decoder,
            Tokenizer tokenizer,
            TargetFinder finding,
            ActivationReader reading,
            Optional<ReconstructionScorer> critic,
            PassBudget budget,
            WorkObserver observer) {
        this.decoder = decoder;
        this.tokenizer = tokenizer;
        this.finding = finding;
        this.reading = reading;
        this.critic = critic;
        this.budget = budget;
        this.observer = observer;
    }

    /** A request as work; may be called by several threads. */
    Task work(SteerRequest request) {
        List<String> texts = new ArrayList<>();
        if (request.source() instanceof SteerRequest.Source.Words words) {
            ReconstructionScorer by = critic.orElseThrow(() -> RequestException.of(
                    Fault.CONFLICT, "there is no reconstructor: start the server with one, or give a vector"));
            texts.add(by.item(words.description(), "description", Optional.empty())
                    .text());
            words.insteadOf()
                    .ifPresent(old -> texts.add(
                            by.item(old, "instead_of", Optional.empty()).text()));
        }
        Found.Unread at = (Found.Unread) finding.find(
                new Target.OfText(
                        request.text(),
                        request.prompt(),
                        request.position().stream()
                                .mapToObj(position -> new Span(position, position + 1))
                                .findFirst()),
                critic.map(ReconstructionScorer::origin).orElse(ActivationOrigin.UNKNOWN),
                "");
        requireRoom(at.tokens().length, request);
        return new Task(new Work.Kind<>("steer", new Object(), 1, this::run), request, texts, at, layer(request));
    }

    /** The block: the reconstructor's where it turns the words into a vector. */
    private int layer(SteerRequest request) {
        Optional<Integer> own = critic.map(ReconstructionScorer::layer);
        if (request.source() instanceof SteerRequest.Source.Words
                && request.layer().isPresent()
                && request.layer().getAsInt() != own.orElseThrow()) {
            throw RequestException.invalid(
                    "layer",
                    "is %d: the reconstructor imitates layer %d",
                    request.layer().getAsInt(),
                    own.get());
        }
        return request.layer()
                .orElseGet(() -> own.orElseThrow(
                        () -> RequestException.invalid("layer", "is missing: say which block the vector is of")));
    }

    private void requireRoom(int tokens, SteerRequest request) {
        int limit = request.sampling().maxNewTokens();
        int most = decoder.config().maxPositions() - tokens;
        Writing writing = writing(tokens, request);
        int fitting = Math.min(most, budget.limit(writing));
        if (fitting < limit || budget.prompts(writing, 1) < 2) {
            throw RequestException.invalid(
                    "max_new_tokens",
                    "%d new tokens after a text of %d are more than there is room for: ask for at most %d, or shorten the text",
                    limit,
                    tokens,
                    Math.max(0, fitting));
        }
    }

    private static Writing writing(int tokens, SteerRequest request) {
        return new Writing(
                0,
                tokens,
                request.sampling().maxNewTokens(),
                request.sampling().topK() > 0 || request.sampling().topP() < 1);
    }

    /** A request. */
    static final class Task extends Work<Task, SteerResponse> implements CompletionWriter.Writer {
        private final SteerRequest request;
        private final List<String> texts;
        private final Found.Unread at;
        private final int layer;

        Task(Kind<Task> kind, SteerRequest request, List<String> texts, Found.Unread at, int layer) {
            super(kind);
            this.request = request;
            this.texts = texts;
            this.at = at;
            this.layer = layer;
        }

        @Override
        public int maxNewTokens() {
            return request.sampling().maxNewTokens();
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

    private void run(List<Task> batch) {
        batch.forEach(this::steer);
    }

    private void steer(Task task) {
        SteerRequest request = task.request;
        float[] written = written(task);
        float[][] vectors = {new float[written.length], written};
        float[] kept = {1, request.added() ? 1 : 1 - request.strength()};
        long[] prompt = task.at.tokens();
        GenerationRequest generation = new GenerationRequest(
                        new long[0],
                        List.of(prompt, prompt),
                        new float[0][],
                        0,
                        1,
                        request.sampling(),
                        new long[] {request.seed(), request.seed()},
                        decoder.config().eosSequences())
                .steered(new Steering(task.layer, task.at.at().span().begin(), vectors, kept));
        List<Completion> completions =
                CompletionWriter.run(decoder, generation, decoder.noAdapter(), List.of(task, task));
        int tokens = completions.stream().mapToInt(each -> each.tokens().length).sum();
        observer.wrote(tokens);
        task.result()
                .complete(new SteerResponse(
                        task.layer,
                        task.at.at(),
                        choice(completions.get(0)),
                        choice(completions.get(1)),
                        task.texts.isEmpty() ? List.of() : critic.orElseThrow().warnings(task.at),
                        new Usage(prompt.length, tokens)));
    }

    /** The vector that is added, strength and all. */
    private float[] written(Task task) {
        float[] vector;
        if (task.request.source() instanceof SteerRequest.Source.Vector given) {
            vector = given.numbers().clone();
        } else {
            float[][] read = critic.orElseThrow().reconstruct(task.texts);
            // A reconstructor knows directions; how long an activation is, the text says itself.
            double own = norm(reading.vectors(List.of(task.at), task.layer)[0]);
            vector = scaled(read[0], own / norm(read[0]));
            if (read.length > 1) {
                float[] old = scaled(read[1], own / norm(read[1]));
                for (int k = 0; k < vector.length; k++) {
                    vector[k] -= old[k];
                }
            }
        }
        return scaled(vector, task.request.strength());
    }

    private static double norm(float[] vector) {
        double sum = 0;
        for (float value : vector) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    private static float[] scaled(float[] vector, double by) {
        float[] out = new float[vector.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = (float) (vector[k] * by);
        }
        return out;
    }

    private ChatResponse.Choice choice(Completion completion) {
        return new ChatResponse.Choice(
                tokenizer.decode(completion.tokens(), true), completion.stopped() ? "stop" : "length");
    }
}
