package dev.nla.spark;

import dev.nla.model.workers.WorkersSource;
import dev.nla.train.testing.WorkersContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Protects that a run comes out the same where two executors work on it, whatever its stage and settings. */
@Tag("cluster")
class TwoExecutorsTest extends WorkersContract {
    private static LocalCluster cluster;

    @BeforeAll
    static void start() {
        cluster = new LocalCluster(2);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Override
    protected WorkersSource workers() {
        return cluster.source();
    }
}
