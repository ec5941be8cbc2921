package dev.nla.train.run.log;

import java.util.List;
import java.util.Map;

/** Takes in the metrics of a run as they come, for a tool that draws them. Called by one thread, which it does not keep waiting. */
public interface Tracker extends AutoCloseable {
    /**
     * Takes in values that belong together.
     *
     * @param step after which they hold
     * @param group what they are of, such as {@code train}; stands before each name
     * @param values by name; some may not be finite
     */
    void scalars(int step, String group, Map<String, Double> values);

    /** Takes in values of before the run went on, which a tracker that outlives the process may lack or have. */
    default void earlier(int step, String group, Map<String, Double> values) {}

    /** What has gone wrong since this was asked last, a line each. */
    default List<String> troubles() {
        return List.of();
    }

    /** The run has ended; only troubles are asked for after this. */
    default void end(boolean succeeded) {}

    @Override
    void close();
}
