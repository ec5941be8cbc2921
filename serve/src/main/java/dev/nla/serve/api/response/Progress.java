package dev.nla.serve.api.response;

/** Hears what is being read and written, on the thread that does it; must not wait. */
@FunctionalInterface
public interface Progress {
    /** Listens to nothing: nothing has to be shown on the way. */
    Progress NONE = new Progress() {
        @Override
        public boolean texts() {
            return false;
        }

        @Override
        public void written(int sample, String text) {}
    };

    /**
     * A completion has grown.
     *
     * @param sample which one, from 0
     * @param text all of it so far
     */
    void written(int sample, String text);

    /** Whether it wants to hear of texts on the way, for which writing pauses again and again. */
    default boolean texts() {
        return true;
    }

    /**
     * More of a long text has been read.
     *
     * @param tokens how many so far
     * @param of how many it has
     */
    default void read(int tokens, int of) {}
}
