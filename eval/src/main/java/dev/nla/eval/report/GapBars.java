package dev.nla.eval.report;

import dev.nla.eval.gap.GapResult;
import dev.nla.eval.render.Rounded;
import java.util.List;
import java.util.stream.DoubleStream;

/** A bar a stage from the floor of its gap to the ceiling, with the gap and its interval on it; all on one scale. */
final class GapBars {
    private GapBars() {}

    static String of(List<EvaluatedStage> stages) {
        BarScale scale = BarScale.of(stages.stream()
                .map(stage -> StageTable.decisive(stage.report()))
                .flatMapToDouble(GapBars::ends));
        StringBuilder bars = new StringBuilder();
        for (EvaluatedStage stage : stages) {
            GapResult gap = StageTable.decisive(stage.report());
            bars.append("<div class=\"bar\"><span>")
                    .append(Escaped.of(stage.name()))
                    .append("</span>\n");
            bars.append(svg(stage.name(), gap, scale));
            bars.append("<span>").append(Rounded.signed(gap.gap())).append("</span></div>\n");
        }
        return bars.toString();
    }

    private static DoubleStream ends(GapResult gap) {
        return DoubleStream.of(
                0, gap.floor(), gap.ceiling(), gap.ci95().low(), gap.ci95().high());
    }

    private static String svg(String stage, GapResult gap, BarScale scale) {
        String label = "%s: gap %s, interval %s, floor %s, ceiling %s"
                .formatted(
                        stage,
                        Rounded.signed(gap.gap()),
                        Rounded.signed(gap.ci95()),
                        Rounded.signed(gap.floor()),
                        Rounded.signed(gap.ceiling()));
        return """
                <svg role="img" aria-label="%1$s"><title>%1$s</title>
                <line class="zero" x1="%2$s" x2="%2$s" y1="2" y2="26"/>
                <line class="range" x1="%3$s" x2="%4$s" y1="14" y2="14"/>
                <line class="end" x1="%3$s" x2="%3$s" y1="7" y2="21"/>
                <line class="end" x1="%4$s" x2="%4$s" y1="7" y2="21"/>
                <line class="interval" x1="%5$s" x2="%6$s" y1="14" y2="14"/>
                <circle class="gap" cx="%7$s" cy="14" r="5"/>
                </svg>
                """.formatted(
                        Escaped.of(label),
                        scale.at(0),
                        scale.at(gap.floor()),
                        scale.at(gap.ceiling()),
                        scale.at(gap.ci95().low()),
                        scale.at(gap.ci95().high()),
                        scale.at(gap.gap()));
    }
}
