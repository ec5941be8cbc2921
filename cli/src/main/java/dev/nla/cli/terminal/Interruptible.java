package dev.nla.cli.terminal;

import java.util.Optional;

/** A command that takes long enough to be stopped, by Ctrl-C or otherwise, and says what has become of its work then. */
public interface Interruptible {
    /** How it goes on, as a sentence after {@code interrupted: }; called by the thread that ends the process. Empty where nothing has begun. */
    Optional<String> afterInterruption();
}
