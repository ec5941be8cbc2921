/**
 * The settings of a training run: one flat YAML file in snake_case with Hugging Face's names, over the defaults, under
 * {@code key=value} overrides. Every setting is one annotated component of a record here, which is all there is to it: its key, type,
 * default, range and meaning; readers, renderers and documentation follow from that. No training happens here.
 *
 * <p>Here lie the stages and their settings as wholes, read and written. The records that settings are declared in lie below, by what they
 * are of: {@code run} for every run, {@code adapter} for verbalizers and reconstructors, {@code policy} for policy optimization; and in
 * {@code setting} how one is declared. Those know nothing of this package.
 *
 * <p>Public signatures:
 * <pre>
 * enum Stage {SFT, GRPO, HARDNEG}                     the kinds of run and the defaults in which they differ
 * TrainConfig ConfigReader.read(Stage, Optional&lt;Path&gt; yaml, List&lt;String&gt; overrides)   throws InputException (usage)
 * Stage       ConfigReader.stageOf(Path yaml)          what the file's own `stage:` says
 * String      ConfigWriter.yaml(TrainConfig)           the resolved config.yaml; reading it gives an equal config
 * List&lt;String&gt; ConfigWriter.differences(TrainConfig before, TrainConfig now)   keys that may not change on resume
 * List&lt;SettingInfo&gt; SettingTable.of(Stage).settings()   documentation rows; SettingTable.of(stage).markdown()
 * sealed interface TrainConfig permits SftConfig, GrpoConfig { stage() run() budget() optimizer() report() }
 * SftConfig(stage, role, initAdapter, descriptions, run, budget, optimizer, report, lora, verbalizer, reconstructor, reconstructorLoss)
 * GrpoConfig(stage, adapters, run, budget, optimizer, report, rollouts, policy, reward, critic, reconstructorLoss)
 * </pre>
 */
package dev.nla.train.config;
