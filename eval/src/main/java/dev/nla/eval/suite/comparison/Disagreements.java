package dev.nla.eval.suite.comparison;

import dev.nla.eval.suite.FinishedSuite;
import dev.nla.eval.suite.SuiteReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stages should have in common if their scores are to be held against each other, and have not. */
public final class Disagreements {
    /** What decides scores beside the verbalizer, by the name in the provenance. */
    private static final List<String> DECISIVE =
            List.of("model", "data_sha256", "layer", "split", "reconstructor", "independent");

    private Disagreements() {}

    /** A sentence for each; none where all agree. */
    public static List<String> of(List<FinishedSuite> stages) {
        Map<String, Function<SuiteReport, Object>> kept = new LinkedHashMap<>();
        DECISIVE.forEach(key -> kept.put(key, report -> report.provenance().get(key)));
        kept.put("the number of rows", SuiteReport::rows);
        kept.put("the seed of the drawn negatives", SuiteReport::seed);
        return kept.entrySet().stream()
                .flatMap(each -> disagreement(stages, each.getKey(), each.getValue()))
                .toList();
    }

    private static Stream<String> disagreement(
            List<FinishedSuite> stages, String what, Function<SuiteReport, Object> value) {
        List<String> values = stages.stream()
                .map(stage -> Objects.toString(value.apply(stage.report()), "none"))
                .toList();
        if (values.stream().distinct().count() < 2) {
            return Stream.empty();
        }
        String each = stages.stream()
                .map(stage -> Objects.toString(value.apply(stage.report()), "none") + " in " + stage.name())
                .collect(Collectors.joining(", "));
        return Stream.of("the stages were not measured alike: " + what + " is " + each);
    }
}
