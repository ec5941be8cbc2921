package dev.nla.bulk;

import dev.nla.model.InputException;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import java.util.Optional;

/**
 * A verbalizer, and what judges its words.
 *
 * @param name how messages and files call it
 * @param folder the adapter
 * @param critic turns descriptions back into activations
 * @param criticName how messages call that
 * @param confidence says how likely claims are true; with it there is a critic
 */
public record NamedVerbalizer(
        String name,
        VerbalizerFolder folder,
        Optional<ReconstructorFolder> critic,
        String criticName,
        Optional<Confidence> confidence) {
    /** Refuses confidence where the adapter has no mean that claims can be measured from. */
    public NamedVerbalizer {
        if (confidence.isPresent() && folder.verbalizer().injection().center().length == 0) {
            throw InputException.data(
                    "%s: has no mean of activations, which claims are measured from: train it with injection_center=mean",
                    name);
        }
    }

    /** The mean that cosines are centred about, empty for none. */
    float[] mean() {
        return folder.verbalizer().injection().center();
    }
}
