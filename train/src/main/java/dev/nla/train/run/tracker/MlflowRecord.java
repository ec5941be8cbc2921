package dev.nla.train.run.tracker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nla.model.files.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a run folder knows of its run in MLflow, in {@value #FILE}: a run that goes on reports to the same one, and tells nothing twice.
 *
 * @param trackingUri the server's address
 * @param runId by which the server knows the run
 * @param paramsSent whether it has the settings
 * @param sent the last step whose values it has, by group
 */
record MlflowRecord(String trackingUri, String runId, boolean paramsSent, Map<String, Integer> sent) {
    private static final String FILE = "mlflow.json";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    MlflowRecord {
        sent = new TreeMap<>(sent);
    }

    /** A run that the server knows nothing more of than that it is there. */
    static MlflowRecord fresh(MlflowServer server, String run) {
        return new MlflowRecord(server.address(), run, false, Map.of());
    }

    /** What the folder knows of a run at this server; empty where that is nothing, or cannot be read. */
    static Optional<MlflowRecord> in(Path folder, MlflowServer server) {
        try {
            return Optional.of(JSON.readValue(Files.readString(folder.resolve(FILE)), MlflowRecord.class))
                    .filter(record -> server.address().equals(record.trackingUri) && record.runId != null);
        } catch (IOException | IllegalArgumentException absent) {
            return Optional.empty();
        }
    }

    MlflowRecord withParams() {
        return new MlflowRecord(trackingUri, runId, true, sent);
    }

    MlflowRecord withSent(String group, int step) {
        Map<String, Integer> more = new TreeMap<>(sent);
        more.merge(group, step, Math::max);
        return new MlflowRecord(trackingUri, runId, paramsSent, more);
    }

    boolean has(String group, int step) {
        return step <= sent.getOrDefault(group, -1);
    }

    void write(Path folder) {
        try {
            AtomicFiles.write(folder.resolve(FILE), JSON.writeValueAsString(this) + "\n");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
