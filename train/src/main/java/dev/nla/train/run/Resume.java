package dev.nla.train.run;

import java.nio.file.Path;

/** Whether a run starts or goes on. */
public sealed interface Resume {
    /** Start; refuse a folder that holds a run. */
    record No() implements Resume {}

    /** Go on from the newest whole checkpoint if the folder holds a run, else start. */
    record Auto() implements Resume {}

    /** Go on from this {@code checkpoint-N} folder, or from the newest one in this run folder. */
    record From(Path folder) implements Resume {}

    /** Start. */
    static Resume no() {
        return new No();
    }

    /** Go on if there is something to go on with. */
    static Resume auto() {
        return new Auto();
    }

    /** Go on from a run folder or one of its checkpoints. */
    static Resume from(Path folder) {
        return new From(folder);
    }
}
