package dev.nla.serve.api.response;

/** Hears what is being written, on the thread that writes it; must not wait. */
@FunctionalInterface
public interface Progress {
    /** Listens to nothing: nothing has to be shown on the way. */
    Progress NONE = (sample, text) -> {};

    /**
     * A completion has grown.
     *
     * @param sample which one, from 0
     * @param text all of it so far
     */
    void written(int sample, String text);
}
