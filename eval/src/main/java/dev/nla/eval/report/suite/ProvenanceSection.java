package dev.nla.eval.report.suite;

import dev.nla.eval.report.Escaped;
import dev.nla.eval.report.HtmlTable;
import dev.nla.eval.suite.FinishedSuite;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Where everything is from, and what the suites had to leave out. */
final class ProvenanceSection {
    private ProvenanceSection() {}

    static String of(SuitesReport report) {
        HtmlTable page = new HtmlTable("origin");
        report.provenance().forEach((key, value) -> page.line(key, List.of(Escaped.of(value))));
        return "<h2>Provenance</h2>\n" + stages(report.stages()) + omitted(report.stages()) + "<h3>This page</h3>\n"
                + page.html();
    }

    private static String stages(List<FinishedSuite> stages) {
        HtmlTable table = new HtmlTable("origin")
                .heads(stages.stream().map(FinishedSuite::name).toList());
        line(table, "rows", stages, stage -> stage.report().rows());
        line(table, "documents", stages, stage -> stage.report().documents());
        line(table, "seed", stages, stage -> stage.report().seed());
        Set<String> keys = new LinkedHashSet<>();
        stages.forEach(stage -> keys.addAll(stage.report().provenance().keySet()));
        keys.forEach(key ->
                line(table, key, stages, stage -> stage.report().provenance().get(key)));
        return table.html();
    }

    private static void line(
            HtmlTable table, String name, List<FinishedSuite> stages, Function<FinishedSuite, Object> value) {
        table.line(
                name,
                stages.stream()
                        .map(stage -> Escaped.of(Objects.toString(value.apply(stage), "")))
                        .toList());
    }

    private static String omitted(List<FinishedSuite> stages) {
        StringBuilder list = new StringBuilder();
        stages.forEach(stage -> stage.report().omitted().forEach((what, why) -> list.append("<li>")
                .append(Escaped.of(stage.name() + ", " + what + ": " + why))
                .append("</li>\n")));
        return list.isEmpty() ? "" : "<h3>Left out</h3>\n<ul>\n" + list + "</ul>\n";
    }
}
