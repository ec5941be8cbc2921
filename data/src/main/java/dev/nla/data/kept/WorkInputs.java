package dev.nla.data.kept;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything that the pieces of unfinished work depend on. Only work that agrees in all of it may be gone on with.
 *
 * @param values by name, in the order of names; what is large stands there as its digest
 */
public record WorkInputs(Map<String, String> values) {
    private static final int LONGEST = 24;

    /** Copies the values. */
    public WorkInputs {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** In what {@code now} differs from this, each as {@code NAME WAS, now IS}; empty where it does not. */
    public List<String> differing(WorkInputs now) {
        TreeSet<String> names = new TreeSet<>(values.keySet());
        names.addAll(now.values.keySet());
        List<String> differing = new ArrayList<>();
        for (String name : names) {
            String was = values.get(name);
            String is = now.values.get(name);
            if (!Objects.equals(was, is)) {
                differing.add(name + " " + shown(was) + ", now " + shown(is));
            }
        }
        return differing;
    }

    private static String shown(String value) {
        if (value == null) {
            return "none";
        }
        return value.length() > LONGEST ? value.substring(0, LONGEST / 2) + "…" : value;
    }
}
