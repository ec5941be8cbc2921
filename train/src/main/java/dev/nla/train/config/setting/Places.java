package dev.nla.train.config.setting;

/** Finds the models and adapters that settings name. */
@FunctionalInterface
public interface Places {
    /** Takes every name for a folder's, and asks for nothing. */
    Places FOLDERS = (key, named) -> named;

    /**
     * Where the model or the adapter lies.
     *
     * @param key the setting
     * @param named what was written, taken for a folder
     */
    Located find(String key, Located named);
}
