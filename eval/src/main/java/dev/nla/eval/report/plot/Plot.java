package dev.nla.eval.report.plot;

import java.util.Optional;

/**
 * A chart with its caption.
 *
 * @param name what it shows
 * @param summary the same in numbers
 * @param label for those who can't see it
 * @param picture the chart; empty where it could not be drawn
 * @param obstacle why it could not be drawn; empty where it could
 */
public record Plot(String name, String summary, String label, Optional<Picture> picture, String obstacle) {
    /**
     * A chart as it was drawn.
     *
     * @param width in units of the shapes
     * @param height in the same units
     * @param shapes what stands between the tags of its SVG; of numbers and the titles of axes alone, so that it needs no escaping
     */
    public record Picture(int width, int height, String shapes) {}
}
