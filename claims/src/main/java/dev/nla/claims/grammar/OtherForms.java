package dev.nla.claims.grammar;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Forms of lines that state no facts: what stands behind a name and a colon, or behind the words with which many lines begin. */
final class OtherForms {
    private static final int LONGEST_NAME = 40;
    private static final int MOST_WORDS = 5;

    /** Lines differ from a word on where no one word follows in more than this share of them. */
    private static final double SAME = 0.5;

    /** Values of a list are short: more words than this on average, and commas are those of a sentence. */
    private static final double LIST_WORDS = 3;

    private OtherForms() {}

    static List<LineForm> of(Collection<String> lines, int fewest) {
        Map<String, List<String>> named = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        for (String line : lines) {
            int colon = line.indexOf(": ");
            if (colon > 0 && colon <= LONGEST_NAME) {
                add(named, line.substring(0, colon + 2), line.substring(colon + 2));
            } else {
                others.add(line);
            }
        }
        Map<String, List<String>> byHead = new LinkedHashMap<>(named);
        byHead.putAll(beginnings(others, fewest));
        List<LineForm> forms = new ArrayList<>();
        byHead.forEach((head, values) -> {
            if (values.size() >= fewest && new HashSet<>(values).size() > 1 && GrammarInference.writable(head)) {
                forms.add(form(head, values));
            }
        });
        return forms;
    }

    /** Lines by the fewest words that many begin with and go on differently from. */
    private static Map<String, List<String>> beginnings(Collection<String> lines, int fewest) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        Collection<String> left = lines;
        for (int words = 1; words <= MOST_WORDS; words++) {
            Map<String, List<String>> byBeginning = new LinkedHashMap<>();
            for (String line : left) {
                int end = beginning(line, words);
                if (end > 0) {
                    add(byBeginning, line.substring(0, end), line);
                }
            }
            Set<String> taken = new HashSet<>();
            byBeginning.forEach((beginning, some) -> {
                if (some.size() >= fewest && differ(some, beginning.length())) {
                    found.put(beginning, values(some, beginning));
                    taken.addAll(some);
                }
            });
            left = left.stream().filter(line -> !taken.contains(line)).toList();
        }
        return found;
    }

    private static List<String> values(List<String> lines, String head) {
        return lines.stream().map(line -> line.substring(head.length())).toList();
    }

    private static boolean differ(List<String> lines, int from) {
        Map<String, Integer> next = new LinkedHashMap<>();
        lines.forEach(line -> next.merge(line.substring(from).split(" ", 2)[0], 1, Integer::sum));
        return next.values().stream().allMatch(count -> count <= SAME * lines.size());
    }

    /** Where the blank behind so many words ends, or -1. */
    private static int beginning(String line, int words) {
        int at = 0;
        for (int word = 0; word < words; word++) {
            at = line.indexOf(' ', at) + 1;
            if (at == 0) {
                return -1;
            }
        }
        return at;
    }

    private static LineForm form(String head, List<String> values) {
        String name = head.strip().replaceFirst(":$", "").toLowerCase(Locale.ROOT);
        boolean quoted =
                values.stream().allMatch(value -> value.length() > 2 && value.startsWith("\"") && value.endsWith("\""));
        if (quoted) {
            return LineForm.parse(head + "\"{" + name + ":words}\"");
        }
        return LineForm.parse(head + "{" + name + (isList(values) ? ":list}" : "}"));
    }

    private static boolean isList(List<String> values) {
        String separator = Slot.Kind.LIST.separator();
        long lists = values.stream().filter(value -> value.contains(separator)).count();
        double words = values.stream()
                .flatMap(value -> List.of(value.split(separator)).stream())
                .mapToInt(value -> Folded.words(value).size())
                .average()
                .orElse(0);
        return lists * 2 >= values.size() && words <= LIST_WORDS;
    }

    private static void add(Map<String, List<String>> groups, String key, String line) {
        groups.computeIfAbsent(key, each -> new ArrayList<>()).add(line);
    }
}
