package dev.nla.train.config.adapter;

import dev.nla.model.InputException;
import dev.nla.train.config.setting.Setting;

/** The reconstructor's loss: a weighted sum of distances and a contrastive term. */
public record ReconstructorLoss(
        @Setting(
                value = "1",
                range = "[0, inf)",
                meaning = "weight of the squared error of scaled vectors, 2 (1 - cos)")
        double mseWeight,

        @Setting(value = "0", range = "[0, inf)", meaning = "weight of 1 - cosine")
        double cosineWeight,

        @Setting(value = "0", range = "[0, inf)", meaning = "weight of 1 - cosine about the train split's mean")
        double centeredCosineWeight,

        @Setting(value = "0", range = "[0, inf)", meaning = "weight of the squared error of unscaled vectors")
        double rawMseWeight,

        @Setting(value = "0", range = "[0, inf)", meaning = "weight of the contrastive term (InfoNCE)")
        double infoNceWeight,

        @Setting(
                value = "0.05",
                range = "(0, inf)",
                meaning = "temperature of InfoNCE, as a loss and as a reward, and of aggregate softmax")
        double infoNceTemperature,

        @Setting(value = "nearest", meaning = "rows that the contrastive term tells apart")
        InfoNceNegatives infoNceNegatives,

        @Setting(value = "20", range = "[1, inf)", meaning = "how many nearest rows the contrastive term uses")
        int infoNceNeighbors) {
    /** Checks that something is learnt. */
    public ReconstructorLoss {
        if (mseWeight + cosineWeight + centeredCosineWeight + rawMseWeight + infoNceWeight == 0) {
            throw InputException.usage("mse_weight, cosine_weight, centered_cosine_weight, raw_mse_weight and"
                    + " info_nce_weight are all 0, expected at least one above 0");
        }
    }
}
