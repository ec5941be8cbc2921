package dev.nla.eval.suite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** A reader that reads every text once, however many conditions it stands in. */
final class Critic {
    private final String name;
    private final TextReader reader;
    private final Map<String, float[]> read = new HashMap<>();

    Critic(String name, TextReader reader) {
        this.name = name;
        this.reader = reader;
    }

    String name() {
        return name;
    }

    /** Reconstructions of the texts of each row, [N][G][d]. */
    float[][][] reconstruct(List<List<String>> texts) {
        LinkedHashSet<String> unread = new LinkedHashSet<>();
        texts.forEach(
                group -> group.stream().filter(text -> !read.containsKey(text)).forEach(unread::add));
        if (!unread.isEmpty()) {
            List<String> in = new ArrayList<>(unread);
            float[][] vectors = reader.reconstruct(in);
            for (int i = 0; i < vectors.length; i++) {
                read.put(in.get(i), vectors[i]);
            }
        }
        return texts.stream()
                .map(group -> group.stream().map(read::get).toArray(float[][]::new))
                .toArray(float[][][]::new);
    }
}
