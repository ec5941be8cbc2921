package dev.nla.data.extract.source;

import dev.nla.model.config.ModelConfig;

/** A source that is a model with settings, which say what there is to take. */
interface ModelSource extends ActivationSource {
    /** The model's settings. */
    ModelConfig config();

    @Override
    default int layers() {
        return config().layers();
    }

    @Override
    default int dimension() {
        return config().hiddenSize();
    }

    @Override
    default int contextLength() {
        return config().maxPositions();
    }

    @Override
    default int vocabularySize() {
        return config().vocabularySize();
    }
}
