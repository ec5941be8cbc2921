package dev.nla.eval.report;

import dev.nla.eval.report.part.Table;
import dev.nla.eval.suite.FinishedSuite;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Where everything is from, and what suites had to leave out. */
final class ProvenanceTables {
    private ProvenanceTables() {}

    static Table table(Map<String, String> values) {
        return Table.of(values.entrySet().stream()
                .map(value -> Table.Line.of(value.getKey(), List.of(value.getValue())))
                .toList());
    }

    /** A column a stage. */
    static Table table(List<FinishedSuite> stages) {
        List<Table.Line> lines = new ArrayList<>();
        lines.add(line("rows", stages, stage -> stage.report().rows()));
        lines.add(line("documents", stages, stage -> stage.report().documents()));
        lines.add(line("seed", stages, stage -> stage.report().seed()));
        Set<String> keys = new LinkedHashSet<>();
        stages.forEach(stage -> keys.addAll(stage.report().provenance().keySet()));
        keys.forEach(key ->
                lines.add(line(key, stages, stage -> stage.report().provenance().get(key))));
        return Table.of(stages.stream().map(FinishedSuite::name).toList(), lines);
    }

    private static Table.Line line(String name, List<FinishedSuite> stages, Function<FinishedSuite, Object> value) {
        return Table.Line.of(
                name,
                stages.stream()
                        .map(stage -> Objects.toString(value.apply(stage), ""))
                        .toList());
    }

    /** What each stage had to leave out, and why. */
    static List<String> omitted(List<FinishedSuite> stages) {
        return stages.stream()
                .flatMap(stage -> stage.report().omitted().entrySet().stream()
                        .map(left -> stage.name() + ", " + left.getKey() + ": " + left.getValue()))
                .toList();
    }
}
