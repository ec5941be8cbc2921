package dev.nla.model.decoder;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.nla.model.generation.Completion;
import dev.nla.model.generation.GenerationRequest;
import dev.nla.model.generation.Sampling;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.torch.KernelInputs;
import java.util.List;
import java.util.Optional;

/**
 * Completions in the making, decoded some tokens at a time, so that they can be shown, or given up, on the way. Pauses change nothing:
 * the tokens are those of {@link Decoder#generate}. Keys and values stay in the kernels in between; {@link #close} lets go of them.
 */
public final class Generation implements AutoCloseable {
    private final Decoder decoder;
    private final GenerationRequest request;
    private final LoraAdapter adapter;
    private final long[] dropped;
    private int decoded;

    Generation(Decoder decoder, GenerationRequest request, LoraAdapter adapter) {
        this.decoder = decoder;
        this.request = request;
        this.adapter = adapter;
        this.dropped = new long[request.suffixes().size() * request.samples()];
    }

    /** Whether every completion has ended, reached the limit, or was dropped. */
    public boolean finished() {
        return decoded > 0 && !underWay();
    }

    /** Gives a completion up: from the next {@link #advance} on no token is added to it. */
    public void drop(int completion) {
        dropped[completion] = 1;
    }

    /**
     * Decodes at most so many tokens more of each completion, at least 1.
     *
     * @return every completion so far; entry {@code i * samples + g} is sample g of prompt i
     * @throws IllegalStateException when it has finished, or another generation has begun since
     */
    public List<Completion> advance(int tokens) {
        if (tokens < 1 || (decoded > 0 && !underWay())) {
            throw new IllegalStateException(tokens + " tokens more of a generation that is finished or was put aside");
        }
        Sampling sampling = request.sampling();
        int limit = sampling.maxNewTokens();
        // Where it fails, close() lets go of what the kernels hold by then.
        decoder.generating(Optional.of(this));
        try (NDManager scope = decoder.manager().newSubManager();
                KernelInputs inputs = new KernelInputs(scope)) {
            inputs.number("temperature", sampling.temperature());
            inputs.number("top_k", sampling.topK()).number("top_p", sampling.topP());
            inputs.number("tokens", tokens);
            DecoderInputs.addAdapter(inputs, adapter, Mode.INFERENCE);
            NDList out = decoded == 0 ? begin(scope, inputs) : proceed(scope, inputs);
            decoded = Math.min(limit, decoded + tokens);
            List<Completion> completions = Completions.read(
                    out.get(0).toLongArray(), out.get(1).toFloatArray(), dropped.length, limit, request.stops());
            decoder.generating(anyOpen(completions) ? Optional.of(this) : Optional.empty());
            return completions;
        }
    }

    private NDList begin(NDManager scope, KernelInputs inputs) {
        TokenBatch prompts = new TokenBatch(request.prefix(), request.suffixes(), request.vectors(), request.column());
        DecoderInputs.addBatch(inputs, decoder.config(), prompts);
        DecoderInputs.addUniforms(inputs, request);
        Completions.addStops(inputs, request.stops());
        request.steering().ifPresent(by -> DecoderInputs.addSteering(inputs, decoder.config(), by));
        inputs.number("samples", request.samples());
        return decoder.generate(scope, "generate", inputs);
    }

    private NDList proceed(NDManager scope, KernelInputs inputs) {
        inputs.longs("dropped", dropped, dropped.length);
        return decoder.generate(scope, "proceed", inputs);
    }

    /** Whether a completion has a token of the last step and may get more; the kernels have let go of everything otherwise. */
    private boolean anyOpen(List<Completion> completions) {
        return decoded < request.sampling().maxNewTokens()
                && completions.stream().anyMatch(each -> !each.stopped() && each.tokens().length == decoded);
    }

    private boolean underWay() {
        return decoder.generating().filter(this::equals).isPresent();
    }

    @Override
    public void close() {
        if (underWay()) {
            decoder.forget();
        }
    }
}
