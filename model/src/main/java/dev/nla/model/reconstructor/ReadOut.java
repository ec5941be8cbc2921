package dev.nla.model.reconstructor;

import dev.nla.model.InputException;

/** Where a reconstructor's vector is read. */
public enum ReadOut {
    /** Block L's output at a marker behind the prompt, as nla-at-home does. */
    MARKER_HIDDEN("marker_hidden"),
    /** Block L's output at the prompt's last token times a bias-free {@code d × d} matrix, as kitft does. */
    VALUE_HEAD("value_head");

    private final String text;

    ReadOut(String text) {
        this.text = text;
    }

    /** As written in settings and sidecars. */
    public String text() {
        return text;
    }

    /** Reads a setting. */
    public static ReadOut of(String text) {
        for (ReadOut readOut : values()) {
            if (readOut.text.equals(text)) {
                return readOut;
            }
        }
        throw InputException.usage("readout is '%s': give marker_hidden or value_head", text);
    }
}
