package dev.nla.train.config.run;

import dev.nla.model.InputException;
import dev.nla.train.config.setting.Setting;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where a run is followed: tools that draw its metrics. */
public record TrackerSettings(
        @Setting(
                value = "tensorboard",
                meaning =
                        "where metrics go beside metrics.jsonl; what wandb and trackio are given by a command is said at the end",
                mayChange = true)
        List<ReportTarget> reportTo,

        @Setting(
                value = "auto",
                meaning = "what trackers call the run; auto is the run folder's name",
                mayChange = true)
        Optional<String> runName,

        @Setting(
                value = "auto",
                meaning = "address of the MLflow server, http or https; auto is MLFLOW_TRACKING_URI",
                mayChange = true)
        Optional<String> mlflowTrackingUri,

        @Setting(
                value = "auto",
                meaning = "MLflow's experiment; auto is MLFLOW_EXPERIMENT_NAME, else nla",
                mayChange = true)
        Optional<String> mlflowExperiment) {
    /** Checks that the targets go together. */
    public TrackerSettings {
        reportTo = List.copyOf(reportTo);
        boolean none = reportTo.contains(ReportTarget.NONE);
        if (reportTo.isEmpty()
                || none && reportTo.size() > 1
                || Set.copyOf(reportTo).size() < reportTo.size()) {
            throw InputException.usage(
                    "report_to is %s, expected none alone or other targets once each",
                    reportTo.stream().map(ReportTarget::text).toList());
        }
    }

    /** Whether metrics go to this target. */
    public boolean reportsTo(ReportTarget target) {
        return reportTo.contains(target);
    }

    /** Whether event files are written. */
    public boolean writesEvents() {
        return reportsTo(ReportTarget.TENSORBOARD) || reportsTo(ReportTarget.TRACKIO);
    }
}
