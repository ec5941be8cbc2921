package dev.nla.model.workers;

/** What can have parts worked on by a cluster; found on the class path by {@link java.util.ServiceLoader}. */
public interface WorkersProvider {
    /**
     * Connects to a cluster.
     *
     * @throws dev.nla.model.InputException where the settings are not what it takes, or the cluster does not answer
     */
    WorkersSource on(ClusterSettings settings);
}
