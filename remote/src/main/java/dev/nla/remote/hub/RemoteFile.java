package dev.nla.remote.hub;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file of a repository as far as it is known.
 *
 * @param name its path in the repository, which {@link FileNames} has found harmless
 * @param checksum where it is known
 * @param size bytes, where known
 */
record RemoteFile(String name, Optional<Checksum> checksum, OptionalLong size) {
    /** A file of which only the name is known. */
    RemoteFile(String name) {
        this(name, Optional.empty(), OptionalLong.empty());
    }
}
