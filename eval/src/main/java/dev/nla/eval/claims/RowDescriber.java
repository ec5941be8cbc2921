package dev.nla.eval.claims;

import dev.nla.claims.described.ClaimedActivation;
import dev.nla.claims.described.DescribedActivation;
import dev.nla.claims.described.ScoredText;
import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.eval.describe.EvaluationProgress;
import dev.nla.eval.describe.KeptDescriptions;
import dev.nla.eval.describe.VerbalizerDescriber;
import dev.nla.eval.describe.Writer;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.generation.Sampling;
import dev.nla.model.verbalizer.Description;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Has a verbalizer describe rows of a dataset, greedily and by samples at temperature 1.
 *
 * @param data the dataset
 * @param greedy writes the description that is shown
 * @param samples writes those it is compared with
 * @param grammar reads what they claim
 * @param progress hears how far describing is
 */
public record RowDescriber(
        ActivationDataset data,
        VerbalizerDescriber greedy,
        VerbalizerDescriber samples,
        ClaimGrammar grammar,
        EvaluationProgress progress) {
    /** One greedy description of each row, and so many samples. */
    public static RowDescriber of(
            ActivationDataset data,
            VerbalizerFolder verbalizer,
            int samples,
            int maxNewTokens,
            ClaimGrammar grammar,
            EvaluationProgress progress) {
        return new RowDescriber(
                data,
                VerbalizerDescriber.of(verbalizer, Sampling.greedy(maxNewTokens), 1),
                VerbalizerDescriber.of(verbalizer, new Sampling(1, 0, 1, maxNewTokens), samples),
                grammar,
                progress);
    }

    /**
     * Has some rows described, greedily and by samples.
     *
     * @param part what the rows are called, such as the name of their split
     * @param rows of the dataset
     * @param seed of the samples
     * @param kept has the descriptions of an earlier run, and is given the others
     */
    public DescribedRows describe(String part, int[] rows, long seed, KeptDescriptions kept) {
        float[][] vectors = Arrays.stream(rows).mapToObj(data::activation).toArray(float[][]::new);
        List<List<Description>> shown = new Writer(greedy, seed, kept, progress).describe("describe " + part, vectors);
        List<List<Description>> drawn = new Writer(samples, seed, kept, progress).describe("sample " + part, vectors);
        return new DescribedRows(
                part,
                Arrays.stream(rows).mapToObj(data::row).toList(),
                IntStream.range(0, rows.length)
                        .mapToObj(i -> claimed(vectors[i], shown.get(i).get(0), drawn.get(i)))
                        .toList());
    }

    private ClaimedActivation claimed(float[] vector, Description shown, List<Description> drawn) {
        return ClaimedActivation.of(
                new DescribedActivation(
                        vector, scored(shown), drawn.stream().map(this::scored).toList()),
                grammar);
    }

    private ScoredText scored(Description description) {
        return ScoredText.of(description, greedy.verbalizer().format());
    }
}
