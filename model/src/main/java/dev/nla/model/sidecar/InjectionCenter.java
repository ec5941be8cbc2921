package dev.nla.model.sidecar;

import java.util.Locale;

/** What is subtracted from an activation before it is rescaled and injected. */
public enum InjectionCenter {
    /** Nothing; all published adapters. */
    NONE,
    /** The mean activation of the train split, kept beside the adapter in {@link InjectionMean#FILE}. */
    MEAN;

    /** The spelling in files. */
    public String written() {
        return name().toLowerCase(Locale.ROOT);
    }
}
