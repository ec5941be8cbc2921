package dev.nla.model.sidecar;

import java.util.Locale;

/** How a reconstructor's vector is read. */
public enum Readout {
    /** The output of the layer at a marker token at the end of the prompt, without a head (nla-at-home). */
    MARKER_HIDDEN,
    /** A bias-free linear map of the output of the layer at the last token of the prompt (kitft). */
    VALUE_HEAD;

    /** The spelling in files. */
    public String written() {
        return name().toLowerCase(Locale.ROOT);
    }
}
