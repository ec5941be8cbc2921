package dev.nla.remote.teacher;

import java.time.Duration;

/** Hears of a run as it goes on, never on two threads at once. */
public interface TeacherListener {
    /** So many of the texts that had to be asked about are done, {@code undescribed} of them without a description. */
    void progress(int done, int total, int undescribed);

    /** A request failed and is made again after a pause. */
    void again(String failure, Duration pause);
}
