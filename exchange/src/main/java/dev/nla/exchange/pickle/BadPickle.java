package dev.nla.exchange.pickle;

/** What is wrong with a pickle; whoever knows the file makes an {@link dev.nla.model.InputException} of it. */
final class BadPickle extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadPickle(String message) {
        super(message);
    }

    BadPickle(String message, Throwable cause) {
        super(message, cause);
    }
}
