package dev.nla;

import dev.nla.data.dataset.Activations;
import dev.nla.data.neighbors.NeighborSearch;
import dev.nla.model.InputException;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.Gap;
import dev.nla.model.gap.GapInputs;
import dev.nla.model.gap.GapScores;
import dev.nla.model.gap.NegativeRule;
import dev.nla.model.gap.NegativeSets;
import dev.nla.model.gap.Negatives;
import dev.nla.model.stats.DocumentBootstrap;
import dev.nla.model.stats.Documents;
import dev.nla.model.stats.Estimate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Turns descriptions back into activations of a {@link LanguageModel}; closed with it. May be used by several threads. */
public final class ActivationReconstructor {
    private static final int FEWEST = NegativeRule.NEIGHBOURS + 1;
    private static final long SEED = 0;

    private final LanguageModel model;
    private final ReconstructorFolder folder;

    ActivationReconstructor(LanguageModel model, ReconstructorFolder folder) {
        this.model = model;
        this.folder = folder;
    }

    /** The block whose activations it imitates, from 0. */
    public int layer() {
        return folder.reconstructor().layer();
    }

    /**
     * The activation [d] that a description speaks of.
     *
     * @throws InputException where the description is longer than the model reads, or has a token without an embedding
     */
    public float[] reconstruct(String description) {
        return reconstruct(List.of(description))[0];
    }

    /** The activations [N][d] that descriptions speak of, many at a time. */
    public float[][] reconstruct(List<String> descriptions) {
        return model.alone(() -> {
            for (int i = 0; i < descriptions.size(); i++) {
                folder.reconstructor().requireFits("descriptions[" + i + "]", descriptions.get(i));
            }
            return folder.reconstructor().reconstruct(descriptions);
        });
    }

    /**
     * The centred gap of descriptions: how much nearer the reconstruction of each lies to its own activation than to the nearest of three that
     * are drawn from that activation's twenty nearest neighbours among the others. Three draws and interval are those of seed 0.
     *
     * @param activations [N][d] of the {@link #layer()}, at least 21
     * @param descriptions one for each
     * @param mean [d], subtracted before cosines are taken: that of the activations trained on
     */
    public GapEstimate gap(float[][] activations, List<String> descriptions, float[] mean) {
        if (activations.length < FEWEST || descriptions.size() != activations.length) {
            throw InputException.usage(
                    "there are %d activations and %d descriptions, expected at least %d of the first and one description for each",
                    activations.length, descriptions.size(), FEWEST);
        }
        for (int i = 0; i < activations.length; i++) {
            Activation.require("activations[" + i + "]", activations[i], model.width());
        }
        Activation.require("mean", mean, model.width());
        float[][] reconstructed = reconstruct(descriptions);
        float[][][] one = IntStream.range(0, reconstructed.length)
                .mapToObj(i -> new float[][] {reconstructed[i]})
                .toArray(float[][][]::new);
        GapInputs inputs = new GapInputs(activations, one, mean);
        Negatives negatives =
                NegativeSets.draw(neighbours(activations, mean), SEED).of(NegativeRule.THREE_OF_TWENTY);
        Estimate estimate = new DocumentBootstrap(DocumentBootstrap.DEFAULT_RESAMPLES, SEED)
                .of(Documents.each(activations.length))
                .mean("gap", GapScores.of(inputs, Form.CENTERED, negatives).gaps());
        return GapEstimate.of(
                Gap.measure(inputs, Form.CENTERED, negatives, SEED),
                estimate.ci95().orElseThrow());
    }

    private int[][] neighbours(float[][] activations, float[] mean) {
        return model.alone(() -> new NeighborSearch(model.decoder().manager())
                .nearest(Activations.of(activations), NegativeRule.NEIGHBOURS, Optional.of(mean))
                .nearest());
    }
}
