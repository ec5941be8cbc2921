package dev.nla.train.config.policy;

import dev.nla.train.config.setting.Setting;

/** What becomes of the reconstructor while the verbalizer is trained against it. */
public record CriticSettings(
        @Setting(value = "frozen", meaning = "keep the critic, train it on the rollouts, or score with its average")
        ReconstructorMode reconstructorMode,

        @Setting(value = "1e-4", range = "(0, inf)", meaning = "constant learning rate of a critic in training")
        double reconstructorLearningRate,

        @Setting(value = "0.99", range = "[0, 1)", meaning = "decay of the averaged critic")
        double reconstructorEmaDecay) {}
