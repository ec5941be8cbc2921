package dev.nla.train.config.adapter;

import dev.nla.model.sidecar.Readout;
import dev.nla.train.config.setting.Setting;
import java.util.OptionalDouble;

/** How a description is put before the reconstructor and where the vector is read. */
public record ReconstructorSettings(
        @Setting(value = PromptTexts.RECONSTRUCTOR, meaning = "prompt with {explanation} once")
        String arTemplate,

        @Setting(value = "marker_hidden", meaning = "where the vector is read")
        Readout readout,

        @Setting(
                value = "auto",
                range = "(0, inf)",
                meaning = "L2 norm both vectors are scaled to in the loss; auto is the square root of d")
        OptionalDouble mseScale) {
    /** Checks the template. */
    public ReconstructorSettings {
        PromptTexts.requireOnce("ar_template", arTemplate, "{explanation}");
    }
}
