package dev.nla.train.config.run;

import dev.nla.train.config.setting.Choice;

/** Where the metrics of a run go beside its own JSON lines. */
public enum ReportTarget implements Choice {
    /** Event files in the run folder. */
    TENSORBOARD,
    /** A tracking server of MLflow. */
    MLFLOW,
    /** The run's own logs, which {@code scripts/wandb_import.py} gives to wandb. */
    WANDB,
    /** Event files, which {@code trackio.import_tf_events} takes. */
    TRACKIO,
    /** Nowhere. */
    NONE
}
