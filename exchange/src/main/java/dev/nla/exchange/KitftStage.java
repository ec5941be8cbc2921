package dev.nla.exchange;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.sidecar.DatasetSidecar;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The four kinds of dataset that kitft's builder makes. */
public enum KitftStage {
    /** Activations and the texts they are of; descriptions may stand beside them. */
    BASE,
    /** Prompts and answers to train a verbalizer on. */
    AV_SFT,
    /** Prompts with a description inside, to train a reconstructor on. */
    AR_SFT,
    /** Prompts to sample from. */
    RL;

    /** The name in sidecars and flags. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether rows are made of a description. */
    boolean describes() {
        return this == AV_SFT || this == AR_SFT;
    }

    /** The stage of this name. */
    public static KitftStage parse(String label) {
        return named(label)
                .orElseThrow(
                        () -> InputException.usage("%s %s: one of %s was expected", Key.of("stage"), label, all()));
    }

    /** The stage that a sidecar names. */
    static KitftStage of(DatasetSidecar sidecar, Path file) {
        return named(sidecar.stage())
                .orElseThrow(() -> InputException.data(
                        "%s: stage is '%s', expected one of %s", DatasetSidecar.fileOf(file), sidecar.stage(), all()));
    }

    private static Optional<KitftStage> named(String label) {
        return Arrays.stream(values())
                .filter(stage -> stage.label().equals(label))
                .findFirst();
    }

    private static String all() {
        return Arrays.stream(values()).map(KitftStage::label).collect(Collectors.joining(", "));
    }
}
