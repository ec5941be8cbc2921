package dev.nla.serve.engine;

import dev.nla.serve.api.request.ChatRequest;
import dev.nla.serve.api.request.DescribeRequest;
import dev.nla.serve.api.request.DescribeRowsRequest;
import dev.nla.serve.api.request.ExtractRequest;
import dev.nla.serve.api.request.GapRequest;
import dev.nla.serve.api.request.ReconstructRequest;
import dev.nla.serve.api.request.SteerRequest;
import dev.nla.serve.api.response.AdapterFacts;
import dev.nla.serve.api.response.ChatResponse;
import dev.nla.serve.api.response.DescribeResponse;
import dev.nla.serve.api.response.ExtractResponse;
import dev.nla.serve.api.response.GapResponse;
import dev.nla.serve.api.response.ModelFacts;
import dev.nla.serve.api.response.Progress;
import dev.nla.serve.api.response.ReconstructResponse;
import dev.nla.serve.api.response.SteerResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Answers requests. Every method may be called by several threads and returns at once: what cannot be answered at all is refused with a
 * {@link dev.nla.serve.api.fault.RequestException}, thrown or as the future's failure. A future that is cancelled takes its request out of the
 * queue, or stops it soon where it is being worked on.
 */
public interface Engine extends AutoCloseable {
    /** What is served. */
    ModelFacts model();

    /** The adapters that are loaded, by name. */
    List<AdapterFacts> adapters();

    /** Names that {@link #load} would know but that are not loaded. */
    List<String> loadable();

    /** Loads an adapter that was named when the server started, or lies in the adapters' folder. */
    CompletableFuture<AdapterFacts> load(String name);

    /** Unloads an adapter; requests that came before are still answered. */
    CompletableFuture<Void> unload(String name);

    /** Tokens and activations of a text. */
    CompletableFuture<ExtractResponse> extract(ExtractRequest request);

    /** Puts an activation into words. */
    CompletableFuture<DescribeResponse> describe(DescribeRequest request, Progress progress);

    /** The tokens of a text at which activations are asked for, ascending; may be none. Tokenizes on the thread that asks. */
    int[] positions(DescribeRowsRequest request, int text);

    /** Turns a description into a vector. */
    CompletableFuture<ReconstructResponse> reconstruct(ReconstructRequest request);

    /** Writes a vector into a text's activation, and lets the model go on with it and without. */
    CompletableFuture<SteerResponse> steer(SteerRequest request);

    /** The gap of each of some descriptions. */
    CompletableFuture<List<GapResponse>> gap(GapRequest request);

    /** Goes on with a conversation. */
    CompletableFuture<ChatResponse> chat(ChatRequest request, Progress progress);

    /** Requests that wait. */
    int waiting();

    /** Takes no more requests, finishes those that are there within some time, and gives the rest up. */
    void drain(Duration patience);

    /** Drains without patience and lets go of the model. */
    @Override
    void close();
}
