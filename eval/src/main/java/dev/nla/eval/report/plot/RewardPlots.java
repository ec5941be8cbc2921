package dev.nla.eval.report.plot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The reward of a run against the gap on validation rows: where only the reward rises, the critic is being fooled. */
public final class RewardPlots {
    private static final String REWARD = "reward";
    private static final String GAP = "eval_gap/centered";
    private static final int WIDTH = 360;
    private static final int HEIGHT = 260;

    private RewardPlots() {}

    /**
     * A picture of each run that has both; none where none has.
     *
     * @param plots of the page they go to
     */
    public static List<Plot> of(List<Curve> curves, Plots plots) {
        Map<String, Map<String, Curve>> runs = curves.stream()
                .collect(Collectors.groupingBy(
                        Curve::stage, LinkedHashMap::new, Collectors.toMap(Curve::metric, curve -> curve)));
        return runs.entrySet().stream()
                .filter(run -> run.getValue().keySet().containsAll(List.of(REWARD, GAP)))
                .map(run -> plot(
                        run.getKey(),
                        run.getValue().get(REWARD),
                        run.getValue().get(GAP).points(),
                        plots))
                .toList();
    }

    private static Plot plot(String run, Curve reward, List<Curve.Point> gaps, Plots plots) {
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
        return plots.plot(run, summary, "", run + ": " + summary, () -> drawing(rewards, gaps));
    }

    /** The reward logged last up to a step, or first of all. */
    private static double at(int step, Curve reward) {
        Optional<Curve.Point> before =
                reward.points().stream().filter(point -> point.step() <= step).reduce((one, next) -> next);
        return before.orElse(reward.points().get(0)).value();
    }

    private static Drawing drawing(double[] rewards, List<Curve.Point> gaps) {
        double[] values = gaps.stream().mapToDouble(Curve.Point::value).toArray();
        List<Drawing.Point> points = IntStream.range(0, rewards.length)
                .mapToObj(i -> new Drawing.Point(
                        i == 0 ? "start" : "dot",
                        rewards[i],
                        values[i],
                        String.format(
                                Locale.ROOT,
                                "step %d: reward %.4g, gap %.4g",
                                gaps.get(i).step(),
                                rewards[i],
                                values[i])))
                .toList();
        List<Drawing.Line> path = List.of(new Drawing.Line("whole", rewards, values));
        return new Drawing(WIDTH, HEIGHT, "reward", "held-out gap", path, points);
    }
}
