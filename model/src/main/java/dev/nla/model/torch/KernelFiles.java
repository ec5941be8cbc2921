package dev.nla.model.torch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of a kernel module: an entry, and what it and they {@code import}. A file is looked for in the folder {@code kernels} beside the
 * class that asks, then in the one beside this class, where those lie that all may use.
 *
 * <p>Torch's importer knows names in full only: {@code __torch__.rope.turn}. Files say {@code import rope} and {@code rope.turn}, and what is
 * their own they call by its name alone; the rest is filled in here, line by line, so that torch's errors name the right line.
 */
final class KernelFiles {
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (\\w+)$");
    private static final Pattern DEFINITION = Pattern.compile("(?m)^(?:def|class) (\\w+)");
    /** What no name is filled in in: comments, and texts in quotes. */
    private static final String PROSE = "#[^\n]*|\"\"\"[\\s\\S]*?\"\"\"|\"[^\"\n]*\"";

    private KernelFiles() {}

    /**
     * Reads them.
     *
     * @param beside whose folder {@code kernels} holds them
     * @param entry name of the first, without its ending
     * @return the text of each file, by name
     */
    static Map<String, String> read(Class<?> beside, String entry) {
        Map<String, String> files = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(entry));
        while (!open.isEmpty()) {
            String name = open.pop();
            if (!files.containsKey(name)) {
                String text = text(beside, name);
                List<String> imports = all(IMPORT, text);
                files.put(name, inFull(name, text, imports));
                open.addAll(imports);
            }
        }
        return files;
    }

    private static String text(Class<?> beside, String name) {
        String path = "kernels/" + name + ".py";
        try (InputStream own = beside.getResourceAsStream(path);
                InputStream shared = KernelFiles.class.getResourceAsStream(path)) {
            InputStream in = own != null ? own : shared;
            if (in == null) {
                throw new IllegalArgumentException("there is no %s beside %s".formatted(path, beside.getName()));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String inFull(String file, String text, List<String> imports) {
        Stream<String> modules = imports.stream().map(name -> name + "(?=\\.)");
        // A function is meant where it is called, so that variables and arguments may be called the same.
        Stream<String> own = all(DEFINITION, text).stream()
                .map(name -> Character.isUpperCase(name.charAt(0)) ? name + "\\b" : name + "(?=\\()");
        List<String> names = Stream.concat(modules, own).toList();
        if (names.isEmpty()) {
            return text;
        }
        Pattern pattern = Pattern.compile(
                PROSE + "|(?<![\\w.]|def |class )(?<name>" + names.stream().collect(Collectors.joining("|")) + ")");
        return pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(inFull(file, found, imports)));
    }

    private static String inFull(String file, MatchResult found, List<String> imports) {
        String name = found.group(1);
        if (name == null) {
            return found.group();
        }
        return imports.contains(name) ? "__torch__." + name : "__torch__." + file + "." + name;
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }
}
