package dev.nla.serve.engine.work;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Cuts a batch into parts that may be worked on at a time. */
public final class BatchParts {
    private BatchParts() {}

    /**
     * Parts in the order of the batch.
     *
     * @param fit whether some works may be done at a time; a single one is done in any case
     */
    public static <T> List<List<T>> parts(List<T> batch, Predicate<List<T>> fit) {
        List<List<T>> parts = new ArrayList<>();
        int begin = 0;
        for (int end = 1; end <= batch.size(); end++) {
            if (end == batch.size() || !fit.test(batch.subList(begin, end + 1))) {
                parts.add(batch.subList(begin, end));
                begin = end;
            }
        }
        return parts;
    }
}
