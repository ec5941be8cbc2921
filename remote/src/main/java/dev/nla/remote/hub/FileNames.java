package dev.nla.remote.hub;

import java.util.Set;

/** Tells names that may become paths below a folder from those that lead out of it. */
final class FileNames {
    private static final Set<String> WALKING = Set.of("", ".", "..");

    private FileNames() {}

    /** Whether the name is a relative path of plain parts, {@code a/b/c}, on every system. */
    static boolean isSafe(String name) {
        if (name.contains("\\") || name.chars().anyMatch(Character::isISOControl) || name.matches("[A-Za-z]:.*")) {
            return false;
        }
        for (String part : name.split("/", -1)) {
            if (WALKING.contains(part)) {
                return false;
            }
        }
        return true;
    }
}
