package dev.nla.claims.described;

import dev.nla.model.gap.Cosine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Hears how near texts bring reconstructions to activations.
 *
 * @param critic turns texts, each different from the others, into vectors [n][d]
 * @param nearness of a reconstruction to its activation: centred cosine
 */
public record Hearing(Function<List<String>, float[][]> critic, Cosine nearness) {
    /**
     * Has texts heard, all in one batch, but those that have been: then {@link ClaimedActivation#nearness} knows them.
     *
     * @param texts for each of the activations, in their order
     */
    public void hear(List<ClaimedActivation> activations, List<? extends Collection<String>> texts) {
        Set<String> unheard = new LinkedHashSet<>();
        for (int i = 0; i < activations.size(); i++) {
            ClaimedActivation activation = activations.get(i);
            texts.get(i).stream().filter(text -> !activation.heard(text)).forEach(unheard::add);
        }
        Map<String, float[]> vectors = read(new ArrayList<>(unheard));
        for (int i = 0; i < activations.size(); i++) {
            ClaimedActivation activation = activations.get(i);
            float[] own = activation.described().vector();
            for (String text : texts.get(i)) {
                if (!activation.heard(text)) {
                    activation.hear(text, nearness.between(vectors.get(text), own));
                }
            }
        }
    }

    private Map<String, float[]> read(List<String> texts) {
        float[][] vectors = texts.isEmpty() ? new float[0][] : critic.apply(texts);
        Map<String, float[]> read = new HashMap<>();
        for (int i = 0; i < vectors.length; i++) {
            read.put(texts.get(i), vectors[i]);
        }
        return read;
    }
}
