package dev.nla.claims.grammar;

import dev.nla.data.dataset.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Forms whose beginning is a claim by itself. Where descriptions begin with lines of different forms, and those stand nowhere else, which of them it is
 * says what kind of text it is: "Country profile: …" or "Presidential address, …".
 */
final class TypedForms {
    /** Of a form's lines, so many have to be the first of their description. */
    private static final double FIRST = 0.95;

    private TypedForms() {}

    static List<LineForm> among(List<LineForm> forms, List<Row> rows, Set<String> compound) {
        Map<LineForm, int[]> places = new HashMap<>();
        List<LineForm> ordered = new ClaimGrammar(forms, compound).forms();
        for (Row row : rows) {
            List<String> lines = ClaimGrammar.lines(row.description());
            for (int i = 0; i < lines.size(); i++) {
                LineForm form = formOf(lines.get(i), ordered, compound);
                if (form != null) {
                    places.computeIfAbsent(form, each -> new int[2])[i == 0 ? 0 : 1]++;
                }
            }
        }
        List<LineForm> typed = forms.stream()
                .filter(form -> !type(form).isEmpty() && isFirst(places.getOrDefault(form, new int[2])))
                .toList();
        if (typed.size() < 2) {
            return forms;
        }
        List<LineForm> all = new ArrayList<>(forms);
        all.replaceAll(form -> typed.contains(form) ? typed(form) : form);
        return all;
    }

    private static LineForm formOf(String line, List<LineForm> forms, Set<String> compound) {
        return forms.stream()
                .filter(form -> form.read(line, 0, compound).isPresent())
                .findFirst()
                .orElse(null);
    }

    private static boolean isFirst(int[] places) {
        return places[0] > 0 && places[0] >= FIRST * (places[0] + places[1]);
    }

    /** The words up to the first comma or colon, unless they only name the place behind them. */
    private static String type(LineForm form) {
        String type = form.head().split("[,:]", 2)[0].strip();
        return form.slotNames().stream().anyMatch(type::equalsIgnoreCase) ? "" : type;
    }

    private static LineForm typed(LineForm form) {
        String type = type(form);
        return LineForm.parse("[" + type + "]" + form.toString().substring(type.length()));
    }
}
