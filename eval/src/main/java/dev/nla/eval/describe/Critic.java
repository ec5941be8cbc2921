package dev.nla.eval.describe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A reader that reads every text once, however many conditions it stands in, and says how far it is. */
public final class Critic {
    private final String name;
    private final TextReader reader;
    private final EvaluationProgress progress;
    private final Map<String, float[]> read = new HashMap<>();
    private int expected;

    /**
     * A critic.
     *
     * @param name what tells it from others
     */
    public Critic(String name, TextReader reader, EvaluationProgress progress) {
        this.name = name;
        this.reader = reader;
        this.progress = progress;
    }

    /** What tells it from others. */
    public String name() {
        return name;
    }

    /** Says how much there will be to read, of all conditions together: descriptions of each row. */
    public void expect(Collection<List<List<String>>> conditions) {
        Set<String> all = new LinkedHashSet<>(read.keySet());
        conditions.forEach(texts -> texts.forEach(all::addAll));
        expected = all.size();
    }

    /** Reconstructions of the texts of each row, [N][G][d]. */
    public float[][][] reconstruct(List<List<String>> texts) {
        LinkedHashSet<String> unread = new LinkedHashSet<>();
        texts.forEach(
                group -> group.stream().filter(text -> !read.containsKey(text)).forEach(unread::add));
        if (!unread.isEmpty()) {
            List<String> in = new ArrayList<>(unread);
            int before = read.size();
            int total = Math.max(expected, before + in.size());
            float[][] vectors = reader.reconstruct(in, done -> progress.at("score " + name, before + done, total));
            for (int i = 0; i < vectors.length; i++) {
                read.put(in.get(i), vectors[i]);
            }
        }
        return texts.stream()
                .map(group -> group.stream().map(read::get).toArray(float[][]::new))
                .toArray(float[][][]::new);
    }
}
