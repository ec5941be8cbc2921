package dev.nla.model.workers.apart;

import ai.djl.Device;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.tokenizer.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToIntFunction;

/** Writes work, parts and answers: records by their components, and {@link Stand}s for what is not to be written. */
final class CarriedOutput extends ObjectOutputStream {
    private final ToIntFunction<LoraAdapter> numbers;

    private CarriedOutput(ByteArrayOutputStream bytes, ToIntFunction<LoraAdapter> numbers) throws IOException {
        super(bytes);
        this.numbers = numbers;
        enableReplaceObject(true);
    }

    /**
     * A value as bytes.
     *
     * @param numbers the numbers by which adapters are named
     */
    static byte[] bytes(Object value, ToIntFunction<LoraAdapter> numbers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CarriedOutput out = new CarriedOutput(bytes, numbers)) {
            out.writeObject(value);
        } catch (IOException e) {
            throw new IllegalArgumentException(value.getClass() + " cannot be carried to another process", e);
        }
        return bytes.toByteArray();
    }

    @Override
    protected Object replaceObject(Object value) throws IOException {
        if (value instanceof Decoder decoder) {
            return new Stand.ForDecoder(decoder.computeType(), decoder.baseType());
        }
        if (value instanceof Tokenizer) {
            return new Stand.ForTokenizer();
        }
        if (value instanceof Device) {
            return new Stand.ForDevice();
        }
        if (value instanceof LoraAdapter adapter) {
            return new Stand.ForAdapter(
                    numbers.applyAsInt(adapter),
                    adapter.spec(),
                    adapter.layout().hasValueHead(),
                    adapter.parameters().hasGradient());
        }
        if (value instanceof Optional<?> optional) {
            return new Stand.ForOptional(optional.orElse(null));
        }
        if (value instanceof OptionalDouble optional) {
            return new Stand.ForOptionalDouble(optional.isPresent() ? optional.getAsDouble() : null);
        }
        return value instanceof Record row && !(value instanceof Serializable) ? byComponents(row) : value;
    }

    private static Stand byComponents(Record row) throws IOException {
        RecordComponent[] components = row.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < values.length; i++) {
                components[i].getAccessor().setAccessible(true);
                values[i] = components[i].getAccessor().invoke(row);
            }
        } catch (ReflectiveOperationException e) {
            throw new IOException(row.getClass() + " cannot be read", e);
        }
        return new Stand.ForRecord(row.getClass(), values);
    }
}
