package dev.nla.eval.gap;

import dev.nla.eval.rows.NearestRows;
import dev.nla.model.InputException;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.NegativeRule;
import dev.nla.model.gap.NegativeSets;
import dev.nla.model.gap.Negatives;
import dev.nla.model.gap.ScoredRows;
import dev.nla.model.stats.Documents;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Scores the vectors of a file, with no model at hand. Negatives the file does not have are found by exact search and drawn by seed.
 *
 * @param evaluation resamples and seed
 * @param nearest finds neighbours where the file has none
 */
public record ReconstructionsEvaluation(GapEvaluation evaluation, NearestRows nearest) {
    /** Reads, completes and evaluates a file; what is wrong with it is refused in one line that starts with its name. */
    public GapReport evaluate(Path path) {
        ReconstructionsFile file = ReconstructionsFile.read(path);
        try {
            Map<Form, NegativeSets> negatives = new EnumMap<>(Form.class);
            Map<String, Object> origins = new LinkedHashMap<>();
            for (Form form : Form.values()) {
                negatives.put(form, complete(file, form));
                origins.put(form.key(), origin(file, form));
            }
            Map<String, Object> provenance = new LinkedHashMap<>();
            provenance.put("reconstructions", path.toString());
            provenance.put("negatives", origins);
            provenance.put("mean", file.meanGiven() ? "given" : "of the activations");
            return evaluation.evaluate(
                    new ScoredRows(file.inputs(), negatives),
                    Documents.each(file.inputs().texts()),
                    Map.of(),
                    provenance);
        } catch (InputException e) {
            throw ReconstructionsFile.named(path, e);
        }
    }

    private NegativeSets complete(ReconstructionsFile file, Form form) {
        Negatives neighbours = file.neighbours(form).orElseGet(() -> new Negatives(nearest.of(file.inputs(), form)));
        int count = NegativeRule.THREE_OF_TWENTY.count();
        Negatives drawn = file.drawn(form)
                .orElseGet(() -> neighbours.draw(count, evaluation.bootstrap().seed()));
        return new NegativeSets(drawn, neighbours);
    }

    private static Map<String, Object> origin(ReconstructionsFile file, Form form) {
        Map<String, Object> origin = new LinkedHashMap<>();
        origin.put(NegativeRule.THREE_OF_TWENTY.key(), file.drawn(form).isPresent() ? "given" : "drawn by seed");
        origin.put(NegativeRule.ALL_TWENTY.key(), file.neighbours(form).isPresent() ? "given" : "nearest of the file");
        return origin;
    }
}
