package dev.nla.spark;

import dev.nla.model.workers.WorkersSource;
import dev.nla.train.testing.WorkersContract;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Protects that a run comes out the same where two executors work on it, whatever its stage and settings. */
@Tag("cluster")
class TwoExecutorsTest extends WorkersContract {
    @RegisterExtension
    private static final LocalCluster cluster = new LocalCluster(2);

    @Override
    protected WorkersSource workers() {
        return cluster.source();
    }
}
