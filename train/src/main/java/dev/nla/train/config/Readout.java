package dev.nla.train.config;

/** Where the reconstructor's vector is read. */
public enum Readout implements Choice {
    /** The block's output at a trailing marker, without a head (nla-at-home). */
    MARKER_HIDDEN,
    /** The last token through a bias-free linear map that starts as the identity (kitft). */
    VALUE_HEAD
}
