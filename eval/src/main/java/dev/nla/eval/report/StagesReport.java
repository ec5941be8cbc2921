package dev.nla.eval.report;

import dev.nla.eval.report.part.Sample;
import dev.nla.eval.report.plot.Curve;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything a report page shows.
 *
 * @param title its heading
 * @param stages in the order of training, all evaluated on the same rows
 * @param curves of training runs, those of a run together
 * @param samples of the evaluated rows; the page shows the first {@value ReportPage#MOST_SAMPLES}
 * @param provenance where all this is from, in the order it is shown
 */
public record StagesReport(
        String title,
        List<EvaluatedStage> stages,
        List<Curve> curves,
        List<Sample> samples,
        Map<String, String> provenance) {
    /** Copies everything. */
    public StagesReport {
        stages = List.copyOf(stages);
        curves = List.copyOf(curves);
        samples = List.copyOf(samples);
        provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    }
}
