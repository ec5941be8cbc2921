package dev.nla.train.lm;

import dev.nla.data.dataset.Split;
import dev.nla.data.text.TextFile;
import dev.nla.data.text.TextRow;
import dev.nla.model.InputException;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.tokenizer.Message;
import dev.nla.model.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Requests and answers in the tokenizer's chat template.
 *
 * @param train rows to train on
 * @param heldOut validation rows
 */
record Conversations(List<Turn> train, List<Turn> heldOut) {
    /**
     * One request with its answer.
     *
     * @param tokens the whole conversation, end of the answer included
     * @param answerStart index of the first token of the answer
     */
    record Turn(long[] tokens, int answerStart) {
        /** Number of tokens that are predicted: all but the first. */
        int predicted() {
            return tokens.length - 1;
        }

        /** Number of predicted tokens that belong to the answer. */
        int answered() {
            return tokens.length - answerStart;
        }

        long[] request() {
            return Arrays.copyOf(tokens, answerStart);
        }
    }

    /**
     * Reads rows with {@code text} (the request), {@code description} (the answer) and {@code split}; rows of the test split are left alone.
     *
     * @param heldOutLimit the most validation rows to keep, 0 for all
     */
    static Conversations read(Path file, Tokenizer tokenizer, ModelConfig model, int heldOutLimit) {
        long end = model.eosIds().stream()
                .findFirst()
                .orElseThrow(() ->
                        InputException.data("config.json has no eos_token_id: an answer has to end with it, add one"));
        List<Turn> train = new ArrayList<>();
        List<Turn> heldOut = new ArrayList<>();
        for (TextRow row : TextFile.read(file)) {
            Split split = split(file, row);
            if (split == Split.TRAIN) {
                train.add(turn(file, row, tokenizer, model, end));
            } else if (split == Split.VALIDATION && (heldOutLimit == 0 || heldOut.size() < heldOutLimit)) {
                heldOut.add(turn(file, row, tokenizer, model, end));
            }
        }
        if (train.isEmpty() || heldOut.isEmpty()) {
            throw InputException.data(
                    "%s has %d rows to train on and %d validation rows: give rows a \"split\" of train or validation",
                    file, train.size(), heldOut.size());
        }
        return new Conversations(train, heldOut);
    }

    private static Split split(Path file, TextRow row) {
        String label = String.valueOf(row.others().get("split"));
        return Split.of(label)
                .orElseThrow(() -> InputException.data(
                        "%s: row %s has split %s, expected train, validation or test", file, row.id(), label));
    }

    private static Turn turn(Path file, TextRow row, Tokenizer tokenizer, ModelConfig model, long end) {
        if (row.description().isBlank()) {
            throw InputException.data("%s: row %s has no description to answer with: add one", file, row.id());
        }
        String request = tokenizer.chatTemplate().render(List.of(new Message("user", row.text())), true);
        long[] asked = tokenizer.encode(request);
        long[] answer = tokenizer.encode(row.description());
        long[] tokens = Arrays.copyOf(asked, asked.length + answer.length + 1);
        System.arraycopy(answer, 0, tokens, asked.length, answer.length);
        tokens[tokens.length - 1] = end;
        if (tokens.length > model.maxPositions()) {
            throw InputException.data(
                    "%s: row %s takes %d tokens, more than the model's max_position_embeddings (%d): shorten it",
                    file, row.id(), tokens.length, model.maxPositions());
        }
        return new Turn(tokens, asked.length);
    }
}
