package dev.nla.model.names;

import java.util.List;

/** Some modules of a model, as PEFT writes them: a list of names, or a regular expression. */
public sealed interface ModuleSet {
    /** How it reads in a message. */
    String shown();

    /**
     * Modules by full name or by the end of it.
     *
     * @param names each is a whole name, or what stands behind a dot at the end of one
     */
    record Listed(List<String> names) implements ModuleSet {
        /** Copies the list. */
        public Listed {
            names = List.copyOf(names);
        }

        /** PEFT's rule for one entry. */
        public static boolean matches(String entry, String module) {
            return module.equals(entry) || module.endsWith("." + entry);
        }

        @Override
        public String shown() {
            return String.join(", ", names.size() <= SHOWN ? names : names.subList(0, SHOWN))
                    + (names.size() <= SHOWN ? "" : ", … (" + names.size() + ")");
        }
    }

    /**
     * All modules whose whole name matches.
     *
     * @param pattern in Python's spelling
     */
    record Matching(String pattern) implements ModuleSet {
        /** Checks that it can be read. */
        public Matching {
            PythonPattern.of(pattern, new MatchBudget());
        }

        @Override
        public String shown() {
            return pattern;
        }
    }

    /** Names that a message shows. */
    int SHOWN = 10;
}
