package dev.nla.eval.rows;

import ai.djl.ndarray.NDManager;
import dev.nla.data.dataset.Activations;
import dev.nla.data.neighbors.NeighborSearch;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.GapInputs;
import dev.nla.model.gap.NegativeRule;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds the twenty nearest rows of every row, itself excluded. */
@FunctionalInterface
public interface NearestRows {
    /** Row numbers [N][20], nearest first, by the cosine of {@code form}. */
    int[][] of(GapInputs inputs, Form form);

    /** The exact search; a manager is asked for, and closed, only when there is something to search. */
    static NearestRows exact(Supplier<NDManager> managers) {
        return (inputs, form) -> {
            Optional<float[]> center = form == Form.CENTERED ? Optional.of(inputs.mean()) : Optional.empty();
            try (NDManager manager = managers.get()) {
                return new NeighborSearch(manager)
                        .nearest(Activations.of(inputs.activations()), NegativeRule.NEIGHBOURS, center)
                        .nearest();
            }
        };
    }
}
