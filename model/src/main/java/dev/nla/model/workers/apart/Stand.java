package dev.nla.model.workers.apart;

import dev.nla.model.decoder.BaseType;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.lora.LoraSpec;
import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalDouble;

/** What stands in a stream for something that cannot be written there itself. */
sealed interface Stand extends Serializable {
    /** For the base model in this number type, whose blocks hold their weights so. */
    record ForDecoder(ComputeType type, BaseType base) implements Stand {}

    /** For the base model's tokenizer. */
    record ForTokenizer() implements Stand {}

    /** For the device that is computed on. */
    record ForDevice() implements Stand {}

    /** For the adapter with this number. */
    record ForAdapter(int number, LoraSpec spec, boolean valueHead, boolean learns) implements Stand {}

    /** For a record, by its components. */
    record ForRecord(Class<?> type, Object[] components) implements Stand {}

    /** For an {@link Optional}, by its value or null. */
    record ForOptional(Object value) implements Stand {}

    /** For an {@link OptionalDouble}, by its value or null. */
    record ForOptionalDouble(Double value) implements Stand {}
}
