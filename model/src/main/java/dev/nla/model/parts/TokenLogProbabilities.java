package dev.nla.model.parts;

import ai.djl.ndarray.NDManager;
import dev.nla.model.decoder.Mode;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.model.workers.PartWork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Log-probabilities of the tokens of descriptions under the policy as it is now: one array a description. */
public record TokenLogProbabilities(Verbalizer verbalizer, float temperature)
        implements PartWork<Responses, List<float[]>> {
    @Override
    public List<float[]> on(Responses part) {
        try (NDManager scope = verbalizer.decoder().manager().newSubManager()) {
            float[] flat = part.score(scope, verbalizer, verbalizer.adapter(), temperature, false, Mode.INFERENCE)
                    .logProbabilities()
                    .toFloatArray();
            List<float[]> out = new ArrayList<>();
            int at = 0;
            for (int length : part.lengths()) {
                out.add(Arrays.copyOfRange(flat, at, at + length));
                at += length;
            }
            return out;
        }
    }
}
