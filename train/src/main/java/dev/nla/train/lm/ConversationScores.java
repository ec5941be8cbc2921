package dev.nla.train.lm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.Mode;
import dev.nla.model.decoder.Positions;
import dev.nla.model.decoder.TokenBatch;
import dev.nla.train.lm.Conversations.Turn;
import java.util.List;

/**
 * What a model thinks of the tokens of conversations.
 *
 * @param decoder the model; it stays its owner's to close
 */
record ConversationScores(Decoder decoder) {
    private static final int BATCH = 64;

    /** Log-probabilities, in nats, of every token but each row's first, row by row. */
    NDArray logProbabilities(NDManager scope, List<Turn> turns, Mode mode) {
        int count = turns.stream().mapToInt(Turn::predicted).sum();
        int[] rows = new int[count];
        int[] columns = new int[count];
        long[] targets = new long[count];
        int at = 0;
        for (int row = 0; row < turns.size(); row++) {
            long[] tokens = turns.get(row).tokens();
            for (int i = 1; i < tokens.length; i++) {
                rows[at] = row;
                columns[at] = i - 1;
                targets[at++] = tokens[i];
            }
        }
        TokenBatch batch = TokenBatch.of(turns.stream().map(Turn::tokens).toList());
        return decoder.score(scope, batch, decoder.noAdapter(), new Positions(rows, columns), targets, 1, false, mode)
                .logProbabilities();
    }

    /** Loss and perplexity of conversations that the model was not trained on. */
    HeldOutLoss heldOut(List<Turn> turns) {
        double answers = 0;
        double all = 0;
        long answered = 0;
        long predicted = 0;
        for (int from = 0; from < turns.size(); from += BATCH) {
            List<Turn> batch = turns.subList(from, Math.min(from + BATCH, turns.size()));
            try (NDManager scope = decoder.manager().newSubManager()) {
                float[] scores = logProbabilities(scope, batch, Mode.INFERENCE).toFloatArray();
                int at = 0;
                for (Turn turn : batch) {
                    for (int i = 1; i < turn.tokens().length; i++, at++) {
                        all -= scores[at];
                        answers -= i < turn.answerStart() ? 0 : scores[at];
                    }
                    answered += turn.answered();
                    predicted += turn.predicted();
                }
            }
        }
        return new HeldOutLoss(answers / answered, Math.exp(all / predicted));
    }
}
