package dev.nla.train.run.tracker;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a run begins at a server of MLflow, or goes on there.
 *
 * @param experiment the name of the experiment it belongs to
 * @param name what the run is called
 * @param tags by name
 * @param params its settings, by key
 */
record MlflowStart(String experiment, String name, Map<String, String> tags, Map<String, String> params) {
    /** The run that the folder knows, under way again; a new one where it knows none, or the server has it no longer. */
    MlflowRecord open(MlflowClient client, Optional<MlflowRecord> before, MlflowServer server)
            throws MlflowRefusal, InterruptedException {
        if (before.isPresent()) {
            try {
                client.reopen(before.get().runId());
                return before.get();
            } catch (MlflowRefusal gone) {
                if (!gone.is("RESOURCE_DOES_NOT_EXIST") && !gone.is("INVALID_PARAMETER_VALUE")) {
                    throw gone;
                }
            }
        }
        String run = client.create(client.experiment(experiment), name, System.currentTimeMillis(), tags);
        return MlflowRecord.fresh(server, run);
    }

    /** Sends the settings; a run keeps those it was begun with. */
    MlflowRecord params(MlflowClient client, MlflowRecord known) throws MlflowRefusal, InterruptedException {
        List<Map.Entry<String, String>> all = List.copyOf(params.entrySet());
        for (int from = 0; from < all.size(); from += MlflowClient.PARAMS_AT_ONCE) {
            client.params(known.runId(), all.subList(from, Math.min(all.size(), from + MlflowClient.PARAMS_AT_ONCE)));
        }
        return known.withParams();
    }
}
