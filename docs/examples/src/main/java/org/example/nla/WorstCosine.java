package org.example.nla;

import dev.nla.eval.metric.Metric;
import dev.nla.eval.metric.Unit;
import dev.nla.model.gap.BestOf;
import dev.nla.model.gap.RowContext;

/** The cosine that the worst of a row's descriptions gets: with several samples a row, how far wrong one of them may lead. */
public final class WorstCosine implements Metric {
    @Override
    public String key() {
        return "worst_cosine";
    }

    @Override
    public String label() {
        return "cosine of the worst";
    }

    @Override
    public Unit unit() {
        return Unit.COSINE;
    }

    @Override
    public String meaning() {
        return "centred cosine of the description of a row that leads furthest from its activation";
    }

    @Override
    public double compute(RowContext row) {
        return row.candidates().stream()
                .mapToDouble(BestOf.Candidate::own)
                .min()
                .orElseThrow();
    }
}
