package dev.nla.eval.report;

import dev.nla.eval.render.Rounded;
import dev.nla.eval.report.part.Cell;
import dev.nla.eval.report.part.Table;
import dev.nla.eval.suite.FinishedSuite;
import dev.nla.eval.suite.comparison.KindGap;
import dev.nla.model.stats.Estimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The gap kind by kind.
 *
 * @param by what kinds are told apart by, such as the category
 * @param of how many kinds there are
 * @param table the largest of them
 */
public record KindTable(String by, int of, Table table) {
    /** What marks a gap of too few documents. */
    public static final String FEW = "†";

    private static final int MOST = 40;

    /** By category and by group, where rows have these. */
    static List<KindTable> of(SuitesReport report) {
        List<KindTable> tables = new ArrayList<>();
        add(tables, "category", report.stages(), report.categories());
        add(tables, "group", report.stages(), report.groups());
        return tables;
    }

    private static void add(
            List<KindTable> tables, String by, List<FinishedSuite> stages, List<List<KindGap>> ofStages) {
        Map<String, Integer> rows = new LinkedHashMap<>();
        ofStages.stream().flatMap(List::stream).forEach(kind -> rows.merge(kind.kind(), kind.rows(), Math::max));
        List<Table.Line> lines = rows.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .map(kind -> new Table.Line(kind.getKey(), cells(kind.getKey(), stages, ofStages)))
                .toList();
        if (!lines.isEmpty()) {
            tables.add(new KindTable(by, rows.size(), new Table(Column.heads(stages), lines)));
        }
    }

    private static List<Cell> cells(String kind, List<FinishedSuite> stages, List<List<KindGap>> ofStages) {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            Optional<KindGap> found = ofStages.get(i).stream()
                    .filter(gap -> gap.kind().equals(kind))
                    .findFirst();
            stages.get(i)
                    .report()
                    .critics()
                    .forEach(critic -> cells.add(
                            found.map(gap -> cell(gap, gap.gaps().get(critic))).orElse(Cell.EMPTY)));
        }
        return cells;
    }

    private static Cell cell(KindGap kind, Estimate gap) {
        return new Cell(
                        Rounded.signed(gap.value()) + (kind.trusted() ? "" : FEW),
                        gap.ci95().map(Rounded::signed).stream().toList())
                .beside(kind.rows() + " rows");
    }
}
