package dev.nla.train.parts;

import ai.djl.ndarray.NDManager;
import dev.nla.model.decoder.Mode;
import dev.nla.model.parts.Responses;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.model.workers.PartWork;

/** The verbalizer's cross-entropy on descriptions without a gradient: the sum over their tokens, in nats. */
public record DescriptionNats(Verbalizer verbalizer) implements PartWork<Responses, Double> {
    @Override
    public Double on(Responses part) {
        try (NDManager scope = verbalizer.decoder().manager().newSubManager()) {
            return (double) -part.score(scope, verbalizer, verbalizer.adapter(), 1, false, Mode.INFERENCE)
                    .logProbabilities()
                    .sum()
                    .getFloat();
        }
    }
}
