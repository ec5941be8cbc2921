package dev.nla.data.extract;

/** Hears how far an extraction is. */
@FunctionalInterface
public interface ExtractionListener {
    /** Called once before the first batch and after every batch, on the extracting thread. */
    void progress(ExtractionProgress progress);

    /** Hears nothing. */
    static ExtractionListener none() {
        return progress -> {};
    }
}
