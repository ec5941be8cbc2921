package dev.nla.model.workers.apart;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads what {@link CarriedOutput} wrote; records are made, and checked, by their constructors. */
final class CarriedInput extends ObjectInputStream {
    private final Holder holder;

    private CarriedInput(byte[] bytes, Holder holder) throws IOException {
        super(new ByteArrayInputStream(bytes));
        this.holder = holder;
        enableResolveObject(true);
    }

    /** Gives what was only named. */
    interface Holder {
        /** What the stand is for: the base model, its tokenizer, an adapter or the device. */
        Object held(Stand named);
    }

    /** A value from bytes. */
    static Object value(byte[] bytes, Holder holder) {
        try (CarriedInput in = new CarriedInput(bytes, holder)) {
            return in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("what was sent cannot be read: another version of nla has written it?", e);
        }
    }

    @Override
    protected Object resolveObject(Object value) throws IOException {
        if (!(value instanceof Stand stand)) {
            return value;
        }
        if (stand instanceof Stand.ForRecord row) {
            return made(row);
        }
        if (stand instanceof Stand.ForOptional optional) {
            return Optional.ofNullable(optional.value());
        }
        if (stand instanceof Stand.ForOptionalDouble optional) {
            return optional.value() == null ? OptionalDouble.empty() : OptionalDouble.of(optional.value());
        }
        return holder.held(stand);
    }

    private static Object made(Stand.ForRecord row) throws IOException {
        Class<?>[] types = Arrays.stream(row.type().getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = row.type().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(row.components());
        } catch (InvocationTargetException e) {
            throw refused(row, e.getCause());
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw refused(row, e);
        }
    }

    private static InvalidObjectException refused(Stand.ForRecord row, Throwable cause) {
        InvalidObjectException refused = new InvalidObjectException(row.type() + " cannot be made");
        refused.initCause(cause);
        return refused;
    }
}
