package dev.nla.serve.api.fault;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import java.util.Optional;

/** A request that is refused or could not be answered. The message is for whoever sent it and says what to do. */
public final class RequestException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Fault fault;
    private final String parameter;

    private RequestException(Fault fault, String parameter, String message) {
        super(message);
        this.fault = fault;
        this.parameter = parameter;
    }

    /** A fault of no particular parameter. */
    public static RequestException of(Fault fault, String format, Object... arguments) {
        return new RequestException(fault, "", String.format(format, arguments));
    }

    /** A fault of one parameter. */
    public static RequestException of(Fault fault, Parameter parameter, String format, Object... arguments) {
        return new RequestException(fault, parameter.name(), String.format(format, arguments));
    }

    /** A parameter that is missing or wrong. */
    public static RequestException invalid(String parameter, String format, Object... arguments) {
        return of(Fault.INVALID_REQUEST, new Parameter(parameter), format, arguments);
    }

    /** Something in a request that a part below refused; the key that it names is the parameter. */
    public static RequestException of(InputException refused) {
        return new RequestException(
                Fault.INVALID_REQUEST, refused.key().map(Key::name).orElse(""), refused.getMessage());
    }

    /** What went wrong. */
    public Fault fault() {
        return fault;
    }

    /** The parameter it is about. */
    public Optional<String> parameter() {
        return Optional.of(parameter).filter(name -> !name.isEmpty());
    }

    /**
     * The place of a value in a request.
     *
     * @param name such as {@code vector} or {@code messages[0].role}
     */
    public record Parameter(String name) {}
}
