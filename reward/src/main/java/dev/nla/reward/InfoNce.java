package dev.nla.reward;

import dev.nla.model.gap.Cosine;

/**
 * The log-probability of picking the target among target and negatives when cosines over a temperature are the logits (van den Oord
 * et al., 2018). At most 0.
 *
 * @param cosine raw, or centred on the train split's mean
 * @param temperature what cosines are divided by; 0.05 is usual
 */
public record InfoNce(Cosine cosine, double temperature) implements Reward {
    /** Checks the temperature. */
    public InfoNce {
        Aggregate.requireTemperature(temperature);
    }

    @Override
    public String name() {
        return cosine.isCentered() ? "centered_info_nce" : "info_nce";
    }

    @Override
    public double score(Attempt attempt) {
        double correct = cosine.between(attempt.reconstruction(), attempt.target()) / temperature;
        double[] negatives = NegativeCosines.of(attempt, cosine, name());
        double largest = correct;
        for (double negative : negatives) {
            largest = Math.max(largest, negative / temperature);
        }
        double sum = Math.exp(correct - largest);
        for (double negative : negatives) {
            sum += Math.exp(negative / temperature - largest);
        }
        return correct - largest - Math.log(sum);
    }
}
