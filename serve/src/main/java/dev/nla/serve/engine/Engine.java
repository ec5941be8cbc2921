package dev.nla.serve.engine;

import dev.nla.serve.api.AdapterFacts;
import dev.nla.serve.api.Answered;
import dev.nla.serve.api.ChatRequest;
import dev.nla.serve.api.DescribeRequest;
import dev.nla.serve.api.Described;
import dev.nla.serve.api.ExtractRequest;
import dev.nla.serve.api.Extracted;
import dev.nla.serve.api.GapRequest;
import dev.nla.serve.api.Measured;
import dev.nla.serve.api.ModelFacts;
import dev.nla.serve.api.Progress;
import dev.nla.serve.api.ReconstructRequest;
import dev.nla.serve.api.Reconstructed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Answers requests. Every method may be called by several threads and returns at once: what cannot be answered at all is refused with a
 * {@link dev.nla.serve.api.RequestException}, thrown or as the future's failure. A future that is cancelled takes its request out of the
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
    CompletableFuture<Extracted> extract(ExtractRequest request);

    /** Puts an activation into words. */
    CompletableFuture<Described> describe(DescribeRequest request, Progress progress);

    /** Turns a description into a vector. */
    CompletableFuture<Reconstructed> reconstruct(ReconstructRequest request);

    /** The gap of each of some descriptions. */
    CompletableFuture<List<Measured>> gap(GapRequest request);

    /** Goes on with a conversation. */
    CompletableFuture<Answered> chat(ChatRequest request, Progress progress);

    /** Requests that wait. */
    int waiting();

    /** Takes no more requests, finishes those that are there within some time, and gives the rest up. */
    void drain(Duration patience);

    /** Drains without patience and lets go of the model. */
    @Override
    void close();
}
