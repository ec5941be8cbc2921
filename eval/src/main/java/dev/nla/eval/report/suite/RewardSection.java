package dev.nla.eval.report.suite;

import dev.nla.eval.report.Curve;
import dev.nla.eval.report.PlotStyle;
import dev.nla.eval.report.Plots;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The reward of a run against the gap on validation rows: where only the reward rises, the critic is being fooled. */
final class RewardSection {
    private static final String REWARD = "reward";
    private static final String GAP = "eval_gap/centered";
    private static final int WIDTH = 360;
    private static final int HEIGHT = 260;

    private static final String EXPLANATION = """
            <h3>Reward against the held-out gap</h3>
            <p>A point is an evaluation on validation rows and the reward that was logged last before it, or first after the start; the points
            are joined in the order of steps from the square on. Where the line goes right but not up, the reward is gained by
            what does not help.</p>
            """;

    private RewardSection() {}

    /** A figure a run that has both; empty where none has. */
    static String of(List<Curve> curves, Plots plots) {
        Map<String, Map<String, Curve>> runs = curves.stream()
                .collect(Collectors.groupingBy(
                        Curve::stage, LinkedHashMap::new, Collectors.toMap(Curve::metric, curve -> curve)));
        String figures = runs.entrySet().stream()
                .filter(run -> run.getValue().keySet().containsAll(List.of(REWARD, GAP)))
                .map(run -> figure(
                        run.getKey(),
                        run.getValue().get(REWARD),
                        run.getValue().get(GAP).points(),
                        plots))
                .collect(Collectors.joining());
        return figures.isEmpty() ? "" : EXPLANATION + "<div class=\"curves\">\n" + figures + "</div>\n";
    }

    private static String figure(String run, Curve reward, List<Curve.Point> gaps, Plots plots) {
        double[] rewards =
                gaps.stream().mapToDouble(gap -> at(gap.step(), reward)).toArray();
        int last = gaps.size() - 1;
        String summary = String.format(
                Locale.ROOT,
                "reward %.3g to %.3g, gap %.3g to %.3g, steps %d to %d",
                rewards[0],
                rewards[last],
                gaps.get(0).value(),
                gaps.get(last).value(),
                gaps.get(0).step(),
                gaps.get(last).step());
        return plots.figure(
                run,
                summary,
                run + ": " + summary,
                () -> chart(
                        rewards, gaps.stream().mapToDouble(Curve.Point::value).toArray()));
    }

    /** The reward logged last up to a step, or first of all. */
    private static double at(int step, Curve reward) {
        Optional<Curve.Point> before =
                reward.points().stream().filter(point -> point.step() <= step).reduce((one, next) -> next);
        return before.orElse(reward.points().get(0)).value();
    }

    private static XYChart chart(double[] rewards, double[] gaps) {
        XYChart chart = PlotStyle.chart(WIDTH, HEIGHT, "reward", "held-out gap");
        chart.getStyler().setMarkerSize(7);
        XYSeries path = chart.addSeries("path", rewards, gaps);
        path.setLineColor(PlotStyle.LINE);
        path.setLineWidth(1.5f);
        path.setMarker(SeriesMarkers.NONE);
        points(chart, "start", rewards, gaps, 0, 1).setMarker(SeriesMarkers.SQUARE);
        if (rewards.length > 1) {
            points(chart, "later", rewards, gaps, 1, rewards.length).setMarker(SeriesMarkers.CIRCLE);
        }
        return chart;
    }

    private static XYSeries points(XYChart chart, String name, double[] rewards, double[] gaps, int begin, int end) {
        XYSeries points =
                chart.addSeries(name, Arrays.copyOfRange(rewards, begin, end), Arrays.copyOfRange(gaps, begin, end));
        points.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        points.setMarkerColor(PlotStyle.LINE);
        return points;
    }
}
