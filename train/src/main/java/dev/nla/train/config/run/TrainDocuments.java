package dev.nla.train.config.run;

import dev.nla.train.config.setting.Choice;
import java.util.SplittableRandom;

/** Which documents of the train split are trained on. Halves depend on the documents' names alone, so they are the same in every run. */
public enum TrainDocuments implements Choice {
    ALL,
    FIRST_HALF,
    SECOND_HALF;

    /** Whether a document is among them. */
    public boolean has(String docId) {
        return this == ALL || (new SplittableRandom(docId.hashCode()).nextInt(2) == 0) == (this == FIRST_HALF);
    }
}
