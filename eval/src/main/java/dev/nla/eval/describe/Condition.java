package dev.nla.eval.describe;

import java.util.Arrays;
import java.util.Optional;

/** Whose words are scored: the verbalizer's own, or those of a control. */
public enum Condition {
    REAL("real", "what the verbalizer writes for the row's activation"),
    BEST_OF_N("best_of_n", "of several samples, the one whose reconstruction by the first critic is nearest"),
    TRUE("true", "the row's own description"),
    SOURCE_TEXT("source_text", "the text the activation was taken from"),
    NEAREST_TRAIN(
            "nearest_train", "the description of the train row with the nearest activation: the baseline to beat"),
    SHUFFLED("shuffled", "what the verbalizer wrote for another row: the floor"),
    GENERIC("generic", "one typical train description for every row"),
    MEAN_ACTIVATION("mean_activation", "what the verbalizer writes for the mean activation"),
    ZERO_ACTIVATION("zero_activation", "what it writes for a vector of zeros"),
    RANDOM_ACTIVATION("random_activation", "what it writes for a random vector of an activation's length"),
    WRONG_LAYER("wrong_layer", "what it writes for the row's activation of another block"),
    WORDS_SHUFFLED("words_shuffled", "the verbalizer's words in random order"),
    NO_QUOTES_OR_DIGITS("no_quotes_or_digits", "its descriptions without quotations and digits"),
    PARAPHRASE("paraphrase", "its descriptions with some words replaced by synonyms");

    private final String key;
    private final String meaning;

    Condition(String key, String meaning) {
        this.key = key;
        this.meaning = meaning;
    }

    /** The name in files and flags. */
    public String key() {
        return key;
    }

    /** What is scored. */
    public String meaning() {
        return meaning;
    }

    /** The condition with this key. */
    public static Optional<Condition> of(String key) {
        return Arrays.stream(values()).filter(c -> c.key.equals(key)).findFirst();
    }
}
