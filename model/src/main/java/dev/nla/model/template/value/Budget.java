package dev.nla.model.template.value;

/**
 * What one rendering may use up. Everything a template can repeat counts as a step, everything it can make counts by its size, even if
 * it is thrown away at once, and everything that lies within another counts its depth.
 */
public final class Budget {
    /** Characters that one place of a list or mapping counts as. */
    static final int CELL = 16;

    private static final long STEPS = 5_000_000;
    private static final long CHARACTERS = 32L << 20;
    private static final int PER_INPUT_CHARACTER = 64;
    private static final int DEPTH = 900;

    private final long mostSteps;
    private final long mostCharacters;
    private long steps;
    private long characters;
    private int depth;

    /**
     * A budget that grows with what there is to render.
     *
     * @param input characters of the template and of the conversation
     */
    public Budget(long input) {
        mostSteps = STEPS + PER_INPUT_CHARACTER * input;
        mostCharacters = CHARACTERS + PER_INPUT_CHARACTER * input;
    }

    /** Counts one step. */
    public void step() {
        if (++steps > mostSteps) {
            throw TemplateException.of("it takes more than %,d steps, as an endless loop would", mostSteps);
        }
    }

    /** Counts characters before they are made. */
    public void spend(long count) {
        characters += count;
        if (count < 0 || characters > mostCharacters) {
            throw TemplateException.of("it makes texts and lists of more than %,d characters", mostCharacters);
        }
    }

    /** Counts the places of a list or mapping before it is made. */
    public void cells(long count) {
        spend(Math.min(count, mostCharacters) * CELL);
    }

    /** Counts the search for {@code sought} in a text, whose worst case takes the product of the lengths. */
    public void search(long length, long sought) {
        spend(length + length * sought / 32);
    }

    /** Goes one level deeper; {@link #leave} comes back. */
    public void enter() {
        step();
        if (++depth > DEPTH) {
            throw TemplateException.of("maximum recursion depth exceeded (%d levels)", DEPTH);
        }
    }

    /** Comes back from {@link #enter}. */
    public void leave() {
        depth--;
    }
}
