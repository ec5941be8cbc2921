package dev.nla.train.config.adapter;

import dev.nla.model.InputException;
import dev.nla.model.config.Family;
import dev.nla.model.lora.LoraSpec;
import dev.nla.model.lora.Projection;
import dev.nla.train.config.setting.Setting;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
                meaning =
                        "projections to adapt: q_proj k_proj v_proj o_proj gate_proj up_proj down_proj; of phi3 qkv_proj "
                                + "o_proj gate_up_proj down_proj")
        List<String> targetModules,

        @Setting(value = "{}", range = "[1, inf)", meaning = "ranks of single modules, by a pattern of their names")
        Map<String, Integer> rankPattern,

        @Setting(value = "{}", range = "(0, inf)", meaning = "alphas of single modules, by a pattern of their names")
        Map<String, Double> alphaPattern) {
    private static final List<String> ALL = List.of("all-linear");
    private static final List<String> NAMES =
            Arrays.stream(Projection.values()).map(Projection::hfName).toList();
    private static final Set<String> SEPARATE =
            Projection.of(Family.LLAMA).stream().map(Projection::hfName).collect(Collectors.toUnmodifiableSet());

    /** Checks the names; the seven of most families together are {@code all-linear}. */
    public LoraSettings {
        targetModules = Set.copyOf(targetModules).equals(SEPARATE) && targetModules.size() == SEPARATE.size()
                ? ALL
                : List.copyOf(targetModules);
        for (String module : targetModules) {
            if (!NAMES.contains(module) && !targetModules.equals(ALL)) {
                throw InputException.usage(
                        "target_modules has '%s', expected all-linear or some of %s", module, String.join(", ", NAMES));
            }
        }
        if (targetModules.isEmpty() || Set.copyOf(targetModules).size() < targetModules.size()) {
            throw InputException.usage(
                    "target_modules is %s, expected at least one name and none of them twice", targetModules);
        }
        rankPattern = Collections.unmodifiableMap(new LinkedHashMap<>(rankPattern));
        alphaPattern = Collections.unmodifiableMap(new LinkedHashMap<>(alphaPattern));
        try {
            spec(loraR, loraAlpha, loraDropout, useRslora, targetModules, rankPattern, alphaPattern);
        } catch (IllegalArgumentException refused) {
            throw InputException.usage("%s: change the LoRA settings", refused.getMessage());
        }
    }

    /** The shape that these settings describe, in every block of a model of this family. */
    public LoraSpec spec(Family family) {
        List<String> there =
                Projection.of(family).stream().map(Projection::hfName).toList();
        for (String module : targetModules) {
            if (!there.contains(module) && !targetModules.equals(ALL)) {
                throw InputException.usage(
                        "target_modules has '%s', but a block of %s has %s",
                        module, family.modelType(), String.join(", ", there));
            }
        }
        return spec(loraR, loraAlpha, loraDropout, useRslora, targetModules, rankPattern, alphaPattern)
                .on(family);
    }

    private static LoraSpec spec(
            int rank,
            double alpha,
            double dropout,
            boolean rsLora,
            List<String> modules,
            Map<String, Integer> rankPattern,
            Map<String, Double> alphaPattern) {
        Set<Projection> targets = (modules.equals(ALL) ? NAMES : modules)
                .stream().map(module -> Projection.named(module).orElseThrow()).collect(Collectors.toSet());
        return new LoraSpec(rank, alpha, dropout, rsLora, targets, rankPattern, alphaPattern, Optional.empty());
    }
}
