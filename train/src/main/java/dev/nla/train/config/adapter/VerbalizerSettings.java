package dev.nla.train.config.adapter;

import dev.nla.model.InputException;
import dev.nla.model.sidecar.InjectionCenter;
import dev.nla.train.config.setting.Setting;
import java.util.Optional;
import java.util.OptionalInt;

/** How an activation is put before the verbalizer. */
public record VerbalizerSettings(
        @Setting(value = "auto", meaning = "character, one token of this tokenizer, whose embedding is replaced")
        Optional<String> marker,

        @Setting(value = "150", range = "(0, inf)", meaning = "L2 norm that the injected activation is rescaled to")
        double injectionNorm,

        @Setting(value = "none", meaning = "what is subtracted from the activation before rescaling")
        InjectionCenter injectionCenter,

        @Setting(value = PromptTexts.VERBALIZER, meaning = "prompt with {injection_char} once and {depth} where wanted")
        String avTemplate,

        @Setting(value = "true", meaning = "wrap the prompt in the tokenizer's chat template")
        boolean chatTemplate,

        @Setting(value = "auto", range = "[0, 100]", meaning = "percent for {depth}; auto from the dataset's layer")
        OptionalInt depth,

        @Setting(value = "256", range = "[1, inf)", meaning = "longest description, in tokens; longer ones are refused")
        int maxDescriptionTokens,

        @Setting(
                value = "1024",
                range = "[1, inf)",
                meaning =
                        "most tokens, padding counted, of one forward and backward pass; more take several, with the same gradient")
        int microBatchTokens) {
    /** Checks the template. */
    public VerbalizerSettings {
        PromptTexts.requireOnce("av_template", avTemplate, "{injection_char}");
        if (marker.isPresent() && marker.get().codePointCount(0, marker.get().length()) != 1) {
            throw InputException.usage("marker is '%s', expected one character or auto", marker.get());
        }
    }
}
