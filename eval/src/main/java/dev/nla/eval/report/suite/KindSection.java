package dev.nla.eval.report.suite;

import dev.nla.eval.render.Rounded;
import dev.nla.eval.report.HtmlTable;
import dev.nla.eval.suite.FinishedSuite;
import dev.nla.eval.suite.KindGap;
import dev.nla.model.stats.Documents;
import dev.nla.model.stats.Estimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The gap kind by kind, where rows have categories or groups. */
final class KindSection {
    private static final int MOST_KINDS = 40;
    private static final String FEW = "†";

    private KindSection() {}

    static String of(SuitesReport report) {
        String tables = table("category", report.stages(), report.categories())
                + table("group", report.stages(), report.groups());
        return tables.isEmpty()
                ? ""
                : "<h2>By kind of text</h2>\n<p>The centred gap, 3 of 20. " + FEW + ": of fewer than "
                        + Documents.FEWEST_TRUSTED + " documents, the interval is too narrow.</p>\n" + tables;
    }

    private static String table(String what, List<FinishedSuite> stages, List<List<KindGap>> ofStages) {
        Map<String, Integer> rows = new LinkedHashMap<>();
        ofStages.stream().flatMap(List::stream).forEach(kind -> rows.merge(kind.kind(), kind.rows(), Math::max));
        List<String> kinds = rows.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_KINDS)
                .map(Map.Entry::getKey)
                .toList();
        if (kinds.isEmpty()) {
            return "";
        }
        HtmlTable table = Column.table(stages);
        for (String kind : kinds) {
            table.line(kind, cells(kind, stages, ofStages));
        }
        String left = rows.size() > MOST_KINDS ? "<p>The " + MOST_KINDS + " largest of " + rows.size() + ".</p>\n" : "";
        return "<h3>By " + what + "</h3>\n" + left + table.html();
    }

    private static List<String> cells(String kind, List<FinishedSuite> stages, List<List<KindGap>> ofStages) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            Optional<KindGap> found = ofStages.get(i).stream()
                    .filter(gap -> gap.kind().equals(kind))
                    .findFirst();
            stages.get(i).report().critics().stream()
                    .map(critic ->
                            found.map(gap -> cell(gap, gap.gaps().get(critic))).orElse(""))
                    .forEach(cells::add);
        }
        return cells;
    }

    private static String cell(KindGap kind, Estimate gap) {
        return Stream.concat(
                        Stream.of(Rounded.signed(gap.value()) + (kind.trusted() ? "" : FEW)),
                        Stream.concat(gap.ci95().map(Rounded::signed).stream(), Stream.of(kind.rows() + " rows"))
                                .map(HtmlTable::small))
                .reduce("", String::concat);
    }
}
