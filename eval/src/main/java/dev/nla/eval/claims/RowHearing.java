package dev.nla.eval.claims;

import dev.nla.claims.described.Hearing;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Split;
import dev.nla.eval.describe.TextReader;
import dev.nla.model.gap.Cosine;

/** How near texts bring reconstructions to the rows of a dataset, seen from the mean of its train split. */
final class RowHearing {
    private RowHearing() {}

    static Hearing of(ActivationDataset data, TextReader critic) {
        return new Hearing(texts -> critic.reconstruct(texts, done -> {}), Cosine.centered(data.mean(Split.TRAIN)));
    }
}
