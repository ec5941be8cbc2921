package dev.nla.eval.parity;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.nla.model.InputException;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.Mode;
import dev.nla.model.decoder.Positions;
import dev.nla.model.decoder.TokenBatch;
import dev.nla.model.generation.Completion;
import dev.nla.model.generation.GenerationRequest;
import dev.nla.model.generation.Sampling;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.lora.LoraLayout;
import dev.nla.model.lora.PeftFolder;
import dev.nla.model.safetensors.SafetensorsFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The part of a golden file that is about the tokens after the prompt: their scores, the loss, its gradients, and greedy decoding. */
final class InjectedResponse {
    private static final String GRADIENT = "grad.";

    private final Decoder decoder;
    private final LoraAdapter adapter;
    private final SafetensorsFile file;
    private final GoldenTokens tokens;
    private final InjectedSettings settings;
    private final TokenBatch batch;

    InjectedResponse(
            Decoder decoder,
            LoraAdapter adapter,
            SafetensorsFile file,
            GoldenTokens tokens,
            InjectedSettings settings,
            TokenBatch batch) {
        this.decoder = decoder;
        this.adapter = adapter;
        this.file = file;
        this.tokens = tokens;
        this.settings = settings;
        this.batch = batch;
        for (long[] row : tokens.rows()) {
            if (row.length <= settings.promptLength()) {
                throw InputException.data(
                        "%s: a row of %d tokens has no response after the prompt_length of %d",
                        file.path(), row.length, settings.promptLength());
            }
        }
    }

    /** Log-probabilities, loss and, where the file has any, gradients. */
    List<TensorDifference> scores() {
        List<int[]> places = new ArrayList<>();
        for (int row = 0; row < tokens.size(); row++) {
            for (int at = settings.promptLength(); at < tokens.rows().get(row).length; at++) {
                places.add(new int[] {row, at});
            }
        }
        Positions before = new Positions(
                places.stream().mapToInt(place -> place[0]).toArray(),
                places.stream().mapToInt(place -> place[1] - 1).toArray());
        long[] targets = places.stream()
                .mapToLong(place -> tokens.rows().get(place[0])[place[1]])
                .toArray();
        boolean gradients = file.names().stream().anyMatch(name -> name.startsWith(GRADIENT));
        adapter.requireGradient(gradients);
        List<TensorDifference> found = new ArrayList<>();
        try (NDManager scope = decoder.manager().newSubManager();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            Mode mode = gradients ? Mode.GRADIENT : Mode.INFERENCE;
            NDArray scored = decoder.score(scope, batch, adapter, before, targets, 1, false, mode)
                    .logProbabilities();
            NDArray loss = scored.mean().neg();
            found.add(logProbabilities(places, scored.toFloatArray()));
            found.add(TensorDifference.of("loss", loss.toFloatArray(), file.floats("loss"), 1, ""));
            if (gradients) {
                collector.backward(loss);
                found.add(gradients());
            }
        } finally {
            adapter.requireGradient(false);
        }
        return found;
    }

    /** The likeliest tokens after each prompt; the difference is the share of tokens that are others. */
    TensorDifference greedy() {
        int count = Math.toIntExact(file.info("greedy_ids", tokens.size(), -1).shape()[1]);
        long[] expected = file.longs("greedy_ids");
        List<long[]> prompts = tokens.rows().stream()
                .map(row -> Arrays.copyOf(row, settings.promptLength()))
                .toList();
        List<Completion> completions = decoder.generate(
                new GenerationRequest(
                        new long[0],
                        prompts,
                        batch.vectors(),
                        batch.column(),
                        1,
                        Sampling.greedy(count),
                        new long[prompts.size()],
                        List.of()),
                adapter);
        long[] actual = completions.stream()
                .flatMapToLong(completion -> Arrays.stream(completion.tokens()))
                .toArray();
        int[] different = IntStream.range(0, expected.length)
                .filter(i -> i >= actual.length || actual[i] != expected[i])
                .toArray();
        String where = different.length == 0 ? "" : "row " + different[0] / count + ", token " + different[0] % count;
        return new TensorDifference("greedy_ids", expected.length, (double) different.length / expected.length, where);
    }

    private TensorDifference logProbabilities(List<int[]> places, float[] actual) {
        int longest = tokens.rows().stream().mapToInt(row -> row.length).max().orElseThrow() - settings.promptLength();
        file.info("token_logprobs", tokens.size(), longest);
        float[] all = file.floats("token_logprobs");
        TensorDifference worst = TensorDifference.none("token_logprobs");
        for (int i = 0; i < actual.length; i++) {
            int row = places.get(i)[0];
            int at = places.get(i)[1] - settings.promptLength();
            float[] expected = {all[row * longest + at]};
            String where = "row " + row + ", response token " + at;
            worst = worst.and(TensorDifference.of(worst.tensor(), new float[] {actual[i]}, expected, 1, where));
        }
        return worst;
    }

    private TensorDifference gradients() {
        float[] actual;
        try (NDArray gradient = adapter.parameters().getGradient()) {
            actual = gradient.toFloatArray();
            gradient.muli(0);
        }
        TensorDifference worst = TensorDifference.none("gradients of the adapter");
        for (LoraLayout.Factor factor : adapter.layout().factors()) {
            String key = PeftFolder.key(factor);
            file.info(GRADIENT + key, factor.rows(), factor.columns());
            float[] expected = file.floats(GRADIENT + key);
            float[] computed = Arrays.copyOfRange(actual, factor.offset(), factor.offset() + factor.size());
            worst = worst.and(TensorDifference.of(worst.tensor(), computed, expected, 1e-12, key));
        }
        return worst;
    }
}
