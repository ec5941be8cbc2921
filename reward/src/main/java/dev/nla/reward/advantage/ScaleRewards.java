package dev.nla.reward.advantage;

import dev.nla.model.InputException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What differences from the group's mean are divided by. */
public enum ScaleRewards {
    /** The group's own standard deviation, as in GRPO (Shao et al., 2024). */
    GROUP,
    /** The standard deviation of all rewards of the batch (Liu et al., 2025, "Tricks or traps"). */
    BATCH,
    /** Nothing, as in Dr. GRPO (Liu et al., 2025). */
    NONE;

    /** Reads the value of {@code scale_rewards}. */
    public static ScaleRewards parse(String value) {
        for (ScaleRewards scale : values()) {
            if (scale.key().equals(value)) {
                return scale;
            }
        }
        throw InputException.usage(
                "scale_rewards is '%s', expected one of %s",
                value, Arrays.stream(values()).map(ScaleRewards::key).collect(Collectors.joining(", ")));
    }

    /** The value in configs. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
