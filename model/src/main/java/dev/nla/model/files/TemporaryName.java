package dev.nla.model.files;

import dev.nla.model.InputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names of files that are not finished, {@code .TARGET.tmp-HOST-PROCESS-RANDOM} and the same with {@code old} for a folder that is being
 * replaced: they say who writes them, so that what a killed process left behind can be told from what a living one is at work on.
 */
final class TemporaryName {
    private static final Pattern NAME =
            Pattern.compile("\\.(.+)\\.(tmp|old)-(?:([0-9a-f]{8})-(\\d{1,18})-)?[0-9a-f]{8}", Pattern.DOTALL);

    /** Of another machine, or of an earlier version, nobody can tell whether its process lives: nothing takes as long as this. */
    private static final Duration ABANDONED = Duration.ofDays(2);

    /** A process whose number was given anew began later than this after the file was last written. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    private TemporaryName() {}

    /** A new name for a file that is to become {@code target}, in the same folder; {@code mark} is {@code tmp} or {@code old}. */
    static Path beside(Path target, String mark) {
        String random = UUID.randomUUID().toString().substring(0, 8);
        return target.resolveSibling("." + target.getFileName() + "." + mark + "-" + host() + "-"
                + ProcessHandle.current().pid() + "-" + random);
    }

    /** Deletes what processes that live no more have left unfinished in a folder; what cannot be deleted stays. */
    static void clearAbandoned(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.filter(TemporaryName::isAbandoned).toList()) {
                AtomicFiles.deleteTree(entry);
            }
        } catch (IOException | InputException kept) {
            // It is only in the way of nobody: another process may be clearing it too.
            return;
        }
    }

    private static boolean isAbandoned(Path entry) {
        Matcher name = NAME.matcher(entry.getFileName().toString());
        if (!name.matches() || isOnlyCopy(entry, name)) {
            return false;
        }
        try {
            Instant written = Files.getLastModifiedTime(entry).toInstant();
            if (!host().equals(name.group(3))) {
                return written.isBefore(Instant.now().minus(ABANDONED));
            }
            Instant latest = written.plus(CLOCKS_DIFFER);
            return ProcessHandle.of(Long.parseLong(name.group(4)))
                    .map(process ->
                            process.info().startInstant().orElse(Instant.MIN).isAfter(latest))
                    .orElse(true);
        } catch (IOException gone) {
            return false;
        }
    }

    /** A folder moved aside whose successor never came into its place. */
    private static boolean isOnlyCopy(Path entry, Matcher name) {
        return name.group(2).equals("old") && !Files.exists(entry.resolveSibling(name.group(1)));
    }

    /** Eight hexadecimal digits of this machine's name; process numbers mean nothing on another one. */
    private static String host() {
        String name;
        try {
            name = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            name = "";
        }
        return "%08x".formatted(name.hashCode());
    }
}
