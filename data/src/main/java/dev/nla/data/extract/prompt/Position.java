package dev.nla.data.extract.prompt;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Which tokens of a prompt give an activation each. */
public sealed interface Position {
    /** A kind with a number. */
    Pattern NUMBERED = Pattern.compile("(?<kind>sample|every):(?<number>[0-9]{1,6})");
    /** Tokens by their indices. */
    Pattern RANGE = Pattern.compile("(?<begin>[0-9]{1,8})(:(?<end>[0-9]{1,8}))?");

    /**
     * Token indices of this prompt, ascending.
     *
     * @param first the first token that may be chosen; none is where the prompt ends before it
     * @param textId decides with {@code seed} where a choice is random
     */
    int[] choose(Prompt prompt, int first, String textId, long seed);

    /** The same of the whole text; at least one. */
    default int[] choose(Prompt prompt, String textId, long seed) {
        return choose(prompt, prompt.textStart(), textId, seed);
    }

    /** At most how many a text gives; empty where that depends on its length alone. */
    OptionalInt perText();

    /** How it is written in flags and files. */
    String label();

    /** The last token of the prompt. */
    record Last() implements Position {
        @Override
        public int[] choose(Prompt prompt, int first, String textId, long seed) {
            return first < prompt.length() ? new int[] {prompt.length() - 1} : new int[0];
        }

        @Override
        public OptionalInt perText() {
            return OptionalInt.of(1);
        }

        @Override
        public String label() {
            return "last";
        }
    }

    /** Every token from the first that may be chosen to the end of the prompt. */
    record All() implements Position {
        @Override
        public int[] choose(Prompt prompt, int first, String textId, long seed) {
            return IntStream.range(first, prompt.length()).toArray();
        }

        @Override
        public OptionalInt perText() {
            return OptionalInt.empty();
        }

        @Override
        public String label() {
            return "all";
        }
    }

    /**
     * Some of the tokens that {@link All} takes, drawn without replacement by seed and text id; all of them where there are no more.
     *
     * @param count how many a text, at least 1
     */
    record Sample(int count) implements Position {
        /** Checks the count. */
        public Sample {
            if (count < 1) {
                throw InputException.usage(
                        "%s sample:%d: at least one position a text was expected", Key.of("position"), count);
            }
        }

        @Override
        public int[] choose(Prompt prompt, int first, String textId, long seed) {
            SplittableRandom random = new SplittableRandom(seed ^ textId.hashCode() * 0x9E3779B97F4A7C15L);
            int[] chosen = new int[Math.max(0, Math.min(count, prompt.length() - first))];
            int taken = 0;
            for (int at = first; taken < chosen.length; at++) {
                if (random.nextInt(prompt.length() - at) < chosen.length - taken) {
                    chosen[taken++] = at;
                }
            }
            return chosen;
        }

        @Override
        public OptionalInt perText() {
            return OptionalInt.of(count);
        }

        @Override
        public String label() {
            return "sample:" + count;
        }
    }

    /**
     * Every {@code step}-th of the tokens that {@link All} takes, from the first on.
     *
     * @param step at least 1
     */
    record Every(int step) implements Position {
        /** Checks the step. */
        public Every {
            if (step < 1) {
                throw InputException.usage("%s every:%d: a step of at least 1 was expected", Key.of("position"), step);
            }
        }

        @Override
        public int[] choose(Prompt prompt, int first, String textId, long seed) {
            return IntStream.iterate(first, at -> at < prompt.length(), at -> at + step)
                    .toArray();
        }

        @Override
        public OptionalInt perText() {
            return OptionalInt.empty();
        }

        @Override
        public String label() {
            return "every:" + step;
        }
    }

    /**
     * The tokens of a range of the rendered text, as far as it has them, whether or not others would be skipped.
     *
     * @param begin the first, from 0
     * @param end one behind the last
     */
    record Range(int begin, int end) implements Position {
        /** Checks the bounds. */
        public Range {
            if (begin < 0 || begin >= end) {
                throw InputException.usage(
                        "%s %d:%d: the first token and one behind the last were expected",
                        Key.of("position"), begin, end);
            }
        }

        @Override
        public int[] choose(Prompt prompt, int first, String textId, long seed) {
            return IntStream.range(begin, Math.min(end, prompt.length())).toArray();
        }

        @Override
        public OptionalInt perText() {
            return OptionalInt.of(end - begin);
        }

        @Override
        public String label() {
            return begin + ":" + end;
        }
    }

    /** Reads {@code last}, {@code all}, {@code sample:N}, {@code every:N}, {@code A:B} or {@code N}, which is {@code N:N+1}. */
    static Position parse(String label) {
        Matcher numbered = NUMBERED.matcher(label);
        if (numbered.matches()) {
            int number = Integer.parseInt(numbered.group("number"));
            return numbered.group("kind").equals("sample") ? new Sample(number) : new Every(number);
        }
        Matcher range = RANGE.matcher(label);
        if (range.matches()) {
            int begin = Integer.parseInt(range.group("begin"));
            return new Range(begin, range.group("end") == null ? begin + 1 : Integer.parseInt(range.group("end")));
        }
        return switch (label) {
            case "last" -> new Last();
            case "all" -> new All();
            default ->
                throw InputException.usage(
                        "%s %s: last, all, sample:N, every:N or A:B was expected", Key.of("position"), label);
        };
    }
}
