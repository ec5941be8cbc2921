package dev.nla.claims.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a description with places for values. Written as {@code [Country profile]: {country}, {region}}: a name in braces is a place for a
 * value, {@code {mentions:list}} one for several with ", " between them, {@code {just read:words}} one for words that are a claim each, and what
 * stands in square brackets at the beginning is itself a claim, of the slot {@link #TYPE}. The bullet is not part of the form.
 */
public final class LineForm {
    /** The slot of what a line says by its beginning alone: that the text is a country profile, say. */
    public static final String TYPE = "type";

    /** The slot of a line that fits no form. */
    public static final String FREE = "text";

    private static final Pattern PLACE = Pattern.compile("\\{([^{}:]+)(?::(list|words))?}");
    private static final Pattern TYPED = Pattern.compile("\\[([^\\[\\]]+)](.*)", Pattern.DOTALL);

    private final String notation;
    private final String type;
    private final List<Slot> slots;
    private final String tail;

    private LineForm(String notation, String type, List<Slot> slots, String tail) {
        this.notation = notation;
        this.type = type;
        this.slots = List.copyOf(slots);
        this.tail = tail;
    }

    /**
     * Reads the notation.
     *
     * @throws IllegalArgumentException where it has neither a place nor a type, or begins with a place, or two places touch
     */
    public static LineForm parse(String notation) {
        Matcher typed = TYPED.matcher(notation);
        String type = typed.matches() ? typed.group(1) : "";
        String line = type + (typed.matches() ? typed.group(2) : notation);
        List<Slot> slots = new ArrayList<>();
        Matcher place = PLACE.matcher(line);
        int end = 0;
        while (place.find()) {
            slots.add(new Slot(line.substring(end, place.start()), place.group(1), kind(place.group(2))));
            end = place.end();
        }
        if (slots.stream().anyMatch(slot -> slot.before().isEmpty()) || slots.isEmpty() && type.isEmpty()) {
            throw new IllegalArgumentException("'" + notation
                    + "': expected a line such as 'Kind: {kind}', with something " + "before each place");
        }
        return new LineForm(notation, type, slots, line.substring(end));
    }

    private static Slot.Kind kind(String label) {
        return label == null ? Slot.Kind.VALUE : Slot.Kind.valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** The names of its slots, that of its type among them where it has one. */
    public List<String> slotNames() {
        List<String> names = new ArrayList<>();
        if (!type.isEmpty()) {
            names.add(TYPE);
        }
        slots.forEach(slot -> names.add(slot.name()));
        return names;
    }

    /** Whether it has a place for several values of a slot. */
    boolean takesSeveral(String slot) {
        return slots.stream()
                .anyMatch(each -> each.kind() == Slot.Kind.LIST && each.name().equals(slot));
    }

    /** What its lines begin with. */
    String head() {
        return slots.isEmpty() ? type + tail : slots.get(0).before();
    }

    /**
     * The claims of a line, or nothing where it does not begin like this form. A line that ends early states what it has; a value that holds
     * what stands before the next place is cut there, unless it is a known one.
     *
     * @param offset where the line begins in the description
     * @param compound values known to hold what stands behind their place
     */
    Optional<List<Claim>> read(String line, int offset, Set<String> compound) {
        String head = head();
        boolean begins = line.regionMatches(true, 0, head, 0, head.length());
        if (!begins && !line.equalsIgnoreCase(head.stripTrailing())) {
            return Optional.empty();
        }
        List<Claim> claims = new ArrayList<>();
        if (!type.isEmpty()) {
            claims.add(new Claim(TYPE, line.substring(0, type.length()), offset, offset + type.length()));
        }
        int at = head.length();
        for (int i = 0; i < slots.size() && at <= line.length(); i++) {
            String behind = i + 1 < slots.size() ? slots.get(i + 1).before() : "";
            int end = behind.isEmpty() ? withoutTail(line, at) : valueEnd(line, at, behind, compound);
            add(claims, slots.get(i), line, at, end, offset);
            at = end + behind.length();
        }
        return Optional.of(claims);
    }

    private int withoutTail(String line, int at) {
        return !tail.isEmpty() && line.endsWith(tail) && line.length() - tail.length() >= at
                ? line.length() - tail.length()
                : line.length();
    }

    private static int valueEnd(String line, int at, String behind, Set<String> compound) {
        if (compound.contains(line.substring(at))) {
            return line.length();
        }
        int first = line.indexOf(behind, at);
        for (int end = first; end >= 0; end = line.indexOf(behind, end + 1)) {
            if (compound.contains(line.substring(at, end))) {
                return end;
            }
        }
        return first < 0 ? line.length() : first;
    }

    private static void add(List<Claim> claims, Slot slot, String line, int begin, int end, int offset) {
        List<int[]> values = values(slot.kind(), line, begin, end);
        for (int i = 0; i < values.size(); i++) {
            int[] value = values.get(i);
            claims.add(new Claim(
                    slot.nameOf(values.size() - i),
                    line.substring(value[0], value[1]),
                    offset + value[0],
                    offset + value[1]));
        }
    }

    /** Beginnings and ends of the values between two places, without space around them; blank ones are none. */
    private static List<int[]> values(Slot.Kind kind, String line, int begin, int end) {
        List<int[]> values = new ArrayList<>();
        int from = begin;
        while (from < end) {
            int next = kind == Slot.Kind.VALUE ? -1 : line.indexOf(kind.separator(), from);
            int to = next < 0 || next > end ? end : next;
            String value = line.substring(from, to);
            if (kind == Slot.Kind.LIST) {
                value = value.replaceFirst("[,\\s]+$", "");
            }
            if (!value.isBlank()) {
                int start = from + value.length() - value.stripLeading().length();
                values.add(new int[] {start, start + value.strip().length()});
            }
            from = to == end ? end : to + kind.separator().length();
        }
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LineForm form && form.notation.equals(notation);
    }

    @Override
    public int hashCode() {
        return notation.hashCode();
    }

    /** The notation. */
    @Override
    public String toString() {
        return notation;
    }
}
