package dev.nla.serve.testing;

import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
import dev.nla.serve.api.request.ChatRequest;
import dev.nla.serve.api.request.DescribeRequest;
import dev.nla.serve.api.request.DescribeRowsRequest;
import dev.nla.serve.api.request.ExtractRequest;
import dev.nla.serve.api.request.GapRequest;
import dev.nla.serve.api.request.ReconstructRequest;
import dev.nla.serve.api.request.RequestedPositions;
import dev.nla.serve.api.request.Span;
import dev.nla.serve.api.request.SteerRequest;
import dev.nla.serve.api.response.AdapterFacts;
import dev.nla.serve.api.response.ChatResponse;
import dev.nla.serve.api.response.DescribeResponse;
import dev.nla.serve.api.response.ExtractResponse;
import dev.nla.serve.api.response.GapResponse;
import dev.nla.serve.api.response.ModelFacts;
import dev.nla.serve.api.response.Progress;
import dev.nla.serve.api.response.ReconstructResponse;
import dev.nla.serve.api.response.RoundTrip;
import dev.nla.serve.api.response.SteerResponse;
import dev.nla.serve.api.response.Usage;
import dev.nla.serve.engine.Engine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;

/** An engine without a model: descriptions are answered when the test says so, everything else at once. */
public final class FakeEngine implements Engine {
    /** Numbers in its activations. */
    public static final int WIDTH = 4;

    /**
     * A description that was asked for.
     *
     * @param answer to be completed by the test
     */
    public record Asked(DescribeRequest request, Progress progress, CompletableFuture<DescribeResponse> answer) {
        /** Completes it with one description. */
        public void say(String text) {
            answer.complete(described(text));
        }
    }

    /** What was asked for and not yet taken by the test. */
    public final LinkedBlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

    /** Where it is set, descriptions are answered with it at once. */
    public volatile Optional<String> atOnce = Optional.empty();

    /** Where it is set, everything is refused with it. */
    public volatile Optional<RequestException> refusal = Optional.empty();

    /** Called when the server stops. */
    public volatile Runnable onDrain = () -> {};

    /** An answer of one description. */
    public static DescribeResponse described(String text) {
        return new DescribeResponse(
                "one",
                Optional.of(1),
                Optional.empty(),
                List.of(new DescribeResponse.Written(text, "stop", Optional.empty(), Optional.empty())),
                Optional.empty(),
                List.of(),
                List.of(),
                new Usage(3, 2));
    }

    @Override
    public ModelFacts model() {
        return new ModelFacts("fake", 3, WIDTH, 64, "float32", Optional.empty(), Optional.empty());
    }

    @Override
    public List<AdapterFacts> adapters() {
        return List.of(new AdapterFacts("one", "sft", Optional.of(1), 2));
    }

    @Override
    public List<String> loadable() {
        return List.of("two");
    }

    @Override
    public CompletableFuture<AdapterFacts> load(String name) {
        return answer(new AdapterFacts(name, "sft", Optional.of(1), 2));
    }

    @Override
    public CompletableFuture<Void> unload(String name) {
        if (!name.equals("one")) {
            throw RequestException.of(Fault.NOT_FOUND, "no adapter '%s' is loaded", name);
        }
        return answer(null);
    }

    @Override
    public CompletableFuture<ExtractResponse> extract(ExtractRequest request) {
        return answer(new ExtractResponse(List.of(new ExtractResponse.Token(1, request.text())), 0, 1, List.of()));
    }

    @Override
    public CompletableFuture<DescribeResponse> describe(DescribeRequest request, Progress progress) {
        refusal.ifPresent(failure -> {
            throw failure;
        });
        if (!request.adapter().equals("one")) {
            throw RequestException.of(
                    Fault.NOT_FOUND,
                    new RequestException.Parameter("adapter"),
                    "no adapter '%s' is loaded; loaded are one",
                    request.adapter());
        }
        Asked now = new Asked(request, progress, new CompletableFuture<>());
        atOnce.ifPresentOrElse(now::say, () -> asked.add(now));
        return now.answer();
    }

    /** As many tokens as a text has letters; those listed, or all. */
    @Override
    public int[] positions(DescribeRowsRequest request, int text) {
        return request.positions() instanceof RequestedPositions.Listed listed
                ? listed.tokens().stream().mapToInt(Integer::intValue).toArray()
                : IntStream.range(0, request.texts().get(text).strip().length()).toArray();
    }

    @Override
    public CompletableFuture<ReconstructResponse> reconstruct(ReconstructRequest request) {
        return answer(new ReconstructResponse(
                1, new float[] {1, 2, 3, 4}, Optional.empty(), Optional.empty(), List.of(), List.of()));
    }

    @Override
    public CompletableFuture<SteerResponse> steer(SteerRequest request) {
        return answer(new SteerResponse(
                1,
                new DescribeResponse.Place(PromptStyle.RAW, new Span(2, 3), " x"),
                new ChatResponse.Choice("as ever", "length"),
                new ChatResponse.Choice("otherwise", "stop"),
                List.of(),
                new Usage(4, 3)));
    }

    @Override
    public CompletableFuture<List<GapResponse>> gap(GapRequest request) {
        RoundTrip.RowGap gap = new RoundTrip.RowGap(0.5, 0.25, Double.NaN, 0.5);
        return answer(List.of(new GapResponse(new RoundTrip(0.9, 0.5, 1, 21, gap, gap), List.of("of another kind"))));
    }

    @Override
    public CompletableFuture<ChatResponse> chat(ChatRequest request, Progress progress) {
        progress.written(0, "Good");
        progress.written(0, "Good day");
        return answer(new ChatResponse(List.of(new ChatResponse.Choice("Good day.", "stop")), new Usage(5, 3)));
    }

    @Override
    public int waiting() {
        return asked.size();
    }

    @Override
    public void drain(Duration patience) {
        onDrain.run();
        RequestException stopped = RequestException.of(Fault.STOPPING, "the server stopped");
        asked.forEach(each -> each.answer().completeExceptionally(stopped));
    }

    @Override
    public void close() {}

    private <T> CompletableFuture<T> answer(T value) {
        refusal.ifPresent(failure -> {
            throw failure;
        });
        return CompletableFuture.completedFuture(value);
    }
}
