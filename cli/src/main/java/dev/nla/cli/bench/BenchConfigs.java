package dev.nla.cli.bench;

import dev.nla.train.config.ConfigReader;
import dev.nla.train.config.GrpoConfig;
import dev.nla.train.config.SftConfig;
import dev.nla.train.config.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Settings of the measured runs: a workload's numbers, one epoch, no evaluation or checkpoint before the end. */
final class BenchConfigs {
    private BenchConfigs() {}

    static SftConfig sft(Workload work, BenchFolder folder, String role) {
        List<String> settings = common(work, folder, "run-" + role);
        settings.add("role=" + role);
        settings.add("injection_norm=" + work.norm());
        settings.add("chat_template=false");
        settings.add("lora_r=32");
        settings.add("lora_alpha=64");
        settings.add("max_description_tokens=100000");
        return (SftConfig) ConfigReader.read(Stage.SFT, Optional.empty(), settings);
    }

    static GrpoConfig grpo(Workload work, BenchFolder folder) {
        List<String> settings = common(work, folder, "run-grpo");
        settings.add("verbalizer=" + folder.at("verbalizer"));
        settings.add("reconstructor=" + folder.at("reconstructor"));
        settings.add("num_generations=" + work.group());
        settings.add("max_completion_length=" + work.newTokens());
        settings.add("temperature=0.7");
        if (work.sequential()) {
            settings.add("per_device_train_batch_size=1");
            settings.add("gradient_accumulation_steps=" + work.batch());
            settings.add("generation_batch_size=1");
        }
        return (GrpoConfig) ConfigReader.read(Stage.GRPO, Optional.empty(), settings);
    }

    private static List<String> common(Workload work, BenchFolder folder, String run) {
        return new ArrayList<>(List.of(
                "model=" + work.model(),
                "data=" + folder.dataset(),
                "output_dir=" + folder.at(run),
                "seed=" + work.seed(),
                "compute_dtype=" + work.dtype(),
                "per_device_train_batch_size=" + work.batch(),
                "max_steps=" + (work.steps() + 1),
                "learning_rate=1.0e-5",
                "gradient_checkpointing=" + work.gradientCheckpointing(),
                "lr_scheduler_type=constant",
                "eval_steps=0",
                "save_steps=0",
                "samples_per_eval=0"));
    }
}
