package dev.nla.train.run.tracker;

import dev.nla.model.InputException;
import dev.nla.train.config.ConfigWriter;
import dev.nla.train.config.TrainConfig;
import dev.nla.train.config.run.ReportTarget;
import dev.nla.train.config.run.TrackerSettings;
import dev.nla.train.run.log.TensorBoardFile;
import dev.nla.train.run.log.Tracker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The trackers that a run's settings name. */
public final class Trackers {
    private static final String EXPERIMENT = "nla";

    private Trackers() {}

    /**
     * Refuses settings that name a tracker which cannot be asked, before anything is loaded.
     *
     * @throws InputException (usage) where no server of MLflow is named, or one that is no address
     */
    public static void check(TrainConfig config, Map<String, String> environment) {
        TrackerSettings settings = config.report().trackers();
        if (settings.reportsTo(ReportTarget.MLFLOW)) {
            MlflowServer.of(settings.mlflowTrackingUri(), environment);
        }
    }

    /**
     * Opens them; the caller closes them.
     *
     * @param firstStep points of event files from here on are void; 0 for a fresh run
     */
    public static List<Tracker> open(TrainConfig config, int firstStep, Map<String, String> environment) {
        check(config, environment);
        TrackerSettings settings = config.report().trackers();
        Path folder = config.run().outputDir();
        List<Tracker> trackers = new ArrayList<>();
        if (settings.writesEvents()) {
            trackers.add(new TensorBoardFile(folder, firstStep));
        }
        if (settings.reportsTo(ReportTarget.MLFLOW)) {
            MlflowServer server = MlflowServer.of(settings.mlflowTrackingUri(), environment);
            trackers.add(new MlflowTracker(folder, server, start(config, environment)));
        }
        return trackers;
    }

    /** How trackers that take a run from its folder are given it, a line each. */
    public static List<String> afterwards(TrainConfig config) {
        TrackerSettings settings = config.report().trackers();
        Path folder = config.run().outputDir();
        List<String> lines = new ArrayList<>();
        if (settings.reportsTo(ReportTarget.WANDB)) {
            lines.add("for wandb: python scripts/wandb_import.py " + folder);
        }
        if (settings.reportsTo(ReportTarget.TRACKIO)) {
            lines.add(
                    "for trackio: python -c \"import trackio; trackio.import_tf_events('%s', project='%s', name='%s')\""
                            .formatted(folder, EXPERIMENT, name(config)));
        }
        return lines;
    }

    private static String name(TrainConfig config) {
        Path folder = config.run().outputDir().toAbsolutePath().normalize();
        return config.report().trackers().runName().orElseGet(() -> String.valueOf(folder.getFileName()));
    }

    private static MlflowStart start(TrainConfig config, Map<String, String> environment) {
        TrackerSettings settings = config.report().trackers();
        Path folder = config.run().outputDir().toAbsolutePath().normalize();
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("mlflow.source.type", "LOCAL");
        tags.put("mlflow.source.name", "nla train " + config.stage().text());
        tags.put("mlflow.user", System.getProperty("user.name"));
        tags.put("nla.output_dir", folder.toString());
        return new MlflowStart(
                settings.mlflowExperiment()
                        .orElseGet(() -> environment.getOrDefault("MLFLOW_EXPERIMENT_NAME", EXPERIMENT)),
                name(config),
                tags,
                ConfigWriter.texts(config));
    }
}
