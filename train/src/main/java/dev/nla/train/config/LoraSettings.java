package dev.nla.train.config;

import dev.nla.model.InputException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shape of a new LoRA adapter, by PEFT's names. */
public record LoraSettings(
        @Setting(value = "16", range = "[1, inf)", meaning = "rank of the low-rank factors")
        int loraR,

        @Setting(value = "32", range = "(0, inf)", meaning = "scale: updates count lora_alpha / lora_r times")
        double loraAlpha,

        @Setting(value = "0", range = "[0, 1)", meaning = "dropout on the input of the low-rank path")
        double loraDropout,

        @Setting(value = "false", meaning = "divide lora_alpha by the square root of lora_r instead")
        boolean useRslora,

        @Setting(
                value = "all-linear",
                meaning = "projections to adapt: q_proj k_proj v_proj o_proj gate_proj up_proj down_proj")
        List<String> targetModules,

        @Setting(value = "{}", range = "[1, inf)", meaning = "ranks of single modules, by a pattern of their names")
        Map<String, Integer> rankPattern,

        @Setting(value = "{}", range = "(0, inf)", meaning = "alphas of single modules, by a pattern of their names")
        Map<String, Double> alphaPattern) {
    private static final List<String> ALL =
            List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

    /** Spells out {@code all-linear} and checks the names. */
    public LoraSettings {
        targetModules = targetModules.equals(List.of("all-linear")) ? ALL : List.copyOf(targetModules);
        for (String module : targetModules) {
            if (!ALL.contains(module)) {
                throw InputException.usage(
                        "target_modules has '%s', expected all-linear or some of %s", module, String.join(", ", ALL));
            }
        }
        if (targetModules.isEmpty() || Set.copyOf(targetModules).size() < targetModules.size()) {
            throw InputException.usage(
                    "target_modules is %s, expected at least one name and none of them twice", targetModules);
        }
        rankPattern = Map.copyOf(rankPattern);
        alphaPattern = Map.copyOf(alphaPattern);
    }
}
