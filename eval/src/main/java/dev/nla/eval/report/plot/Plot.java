package dev.nla.eval.report.plot;

import java.util.List;
import java.util.Optional;

/**
 * A chart with its caption.
 *
 * @param name what it shows
 * @param summary the same in numbers
 * @param meaning what the name stands for; may be empty
 * @param label for those who can't see it
 * @param picture the chart; empty where it could not be drawn
 * @param obstacle why it could not be drawn; empty where it could
 */
public record Plot(
        String name, String summary, String meaning, String label, Optional<Picture> picture, String obstacle) {
    /**
     * A chart as it was drawn.
     *
     * @param width in units of the shapes
     * @param height in the same units
     * @param axes what stands between the tags of its SVG; of numbers and the titles of axes alone, so that it needs no escaping
     * @param lines over the axes
     * @param points over the lines
     */
    public record Picture(int width, int height, String axes, List<Line> lines, List<Point> points) {
        /** Copies the lists. */
        public Picture {
            lines = List.copyOf(lines);
            points = List.copyOf(points);
        }
    }

    /**
     * A line.
     *
     * @param kind class of the page's style
     * @param places as SVG's polyline takes them
     */
    public record Line(String kind, String places) {}

    /**
     * A point.
     *
     * @param kind class of the page's style
     * @param x from the left
     * @param y from the top
     * @param title read when it is pointed at
     */
    public record Point(String kind, String x, String y, String title) {}
}
