package dev.nla.spark;

import dev.nla.model.workers.ClusterSettings;
import dev.nla.model.workers.WorkersProvider;
import dev.nla.model.workers.WorkersSource;

/** Workers on a Spark cluster. */
public final class SparkProvider implements WorkersProvider {
    @Override
    public WorkersSource on(ClusterSettings settings) {
        return setup -> SparkWorkers.connect(settings, setup);
    }
}
