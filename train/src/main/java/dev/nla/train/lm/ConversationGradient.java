package dev.nla.train.lm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.nla.model.decoder.FlatWeights;
import dev.nla.model.decoder.Mode;
import dev.nla.model.workers.PartWork;
import dev.nla.train.lm.Conversations.Turn;
import dev.nla.train.parts.PartGradient;

/**
 * The gradient of the cross-entropy on conversations, to all weights of the model.
 *
 * @param promptWeight weight in the loss of a token of the request; a token of the answer has weight 1
 */
record ConversationGradient(ConversationScores scores, FlatWeights weights, double promptWeight)
        implements PartWork<ConversationPart, PartGradient> {
    @Override
    public PartGradient on(ConversationPart part) {
        try (NDManager scope = scores.decoder().manager().newSubManager();
                GradientCollector collector = scope.getEngine().newGradientCollector()) {
            NDArray loss = scores.logProbabilities(scope, part.turns(), Mode.TRAINING)
                    .mul(scope.create(shares(part)))
                    .sum();
            double value = loss.getFloat();
            collector.backward(loss);
            return PartGradient.take(value, weights.parameters());
        }
    }

    private float[] shares(ConversationPart part) {
        float[] shares =
                new float[part.turns().stream().mapToInt(Turn::predicted).sum()];
        int at = 0;
        for (Turn turn : part.turns()) {
            for (int i = 1; i < turn.tokens().length; i++) {
                double weight = i < turn.answerStart() ? promptWeight : 1;
                shares[at++] = (float) (-weight / part.totalWeight());
            }
        }
        return shares;
    }

    /** What a conversation weighs in the loss. */
    double weight(Turn turn) {
        return turn.answered() + promptWeight * (turn.predicted() - turn.answered());
    }
}
