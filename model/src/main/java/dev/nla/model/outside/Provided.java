package dev.nla.model.outside;

import dev.nla.model.InputException;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/** Implementations of an interface that jars on the class path provide, see {@link ServiceLoader}. */
public final class Provided {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    private Provided() {}

    /**
     * All of them, in the order of the class path.
     *
     * @param called what messages call one, such as {@code reward}
     * @throws InputException where one cannot be made
     */
    public static <T> List<T> of(Class<T> type, String called) {
        try {
            return ServiceLoader.load(type).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();
        } catch (ServiceConfigurationError | LinkageError e) {
            throw InputException.data(
                    e,
                    "a %s on the class path cannot be used: %s: repair its jar or take it away",
                    called,
                    e.getMessage());
        }
    }

    /** Whether settings and files can name it so: small letters, digits and underscores. */
    public static boolean isName(String name) {
        return name != null && NAME.matcher(name).matches();
    }
}
