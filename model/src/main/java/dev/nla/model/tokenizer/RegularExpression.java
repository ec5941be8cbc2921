package dev.nla.model.tokenizer;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a regular expression in Oniguruma's spelling for {@link Backtracking}. It understands what tokenizers are written in: alternatives of
 * characters, classes and short groups, of which at most one in a row is repeated without end before something that may not fit. Whatever
 * else it meets, an expression that does too much or one that is written in another way, counts as one without bounds.
 */
final class RegularExpression {
    /** Counted repetitions up to here are ways like alternatives, those beyond are repetitions without end. */
    private static final int COUNTED = 64;

    private static final double MOST_WAYS = 1000;
    private static final double MOST_SIZE = 10_000;
    private static final int DEEPEST = 50;

    private final String text;
    private int at;
    private int depth;
    private boolean ignoresCase;

    private RegularExpression(String text) {
        this.text = text;
    }

    /**
     * A piece of a row.
     *
     * @param ways in how many ways it can match at one place, where it is no loop
     * @param size characters, with counted repetitions written out
     * @param loops 0, or how many repetitions without end stand in it
     * @param mayFail whether it may not fit
     */
    private record Piece(double ways, double size, int loops, boolean mayFail) {
        private static final Piece ONE = new Piece(1, 1, 0, true);
        /** Without regard to case, a character may also match two others, as ß matches ss. */
        private static final Piece ONE_OF_CASE = new Piece(2, 1, 0, true);
        /** What takes no character and may not fit. */
        private static final Piece NONE = new Piece(1, 0, 0, true);
    }

    /** The expression is not understood, or has no bounds. */
    private static final class Unbounded extends Exception {
        private static final long serialVersionUID = 1L;

        Unbounded() {
            super("unbounded", null, false, false);
        }
    }

    /** How often it steps back at most for each character, while it looks for one match. */
    static double perCharacter(String text) {
        try {
            RegularExpression expression = new RegularExpression(text);
            double sum = 0;
            for (List<Piece> row : expression.rows()) {
                sum += perCharacter(row);
            }
            return expression.at < text.length() ? Double.POSITIVE_INFINITY : sum;
        } catch (Unbounded e) {
            return Double.POSITIVE_INFINITY;
        }
    }

    /** What stands behind the last piece that may not fit is matched in the first way that is tried. */
    private static double perCharacter(List<Piece> row) throws Unbounded {
        double ways = 1;
        double waysToFail = 1;
        int loops = 0;
        int steppingBack = 0;
        for (Piece piece : row) {
            if (piece.mayFail() && loops > 0) {
                steppingBack = Math.max(steppingBack, loops);
            }
            if (piece.mayFail() && steppingBack > 1) {
                throw new Unbounded();
            }
            ways *= piece.ways();
            waysToFail = piece.mayFail() ? ways : waysToFail;
            loops += piece.loops();
        }
        if (ways > MOST_WAYS) {
            throw new Unbounded();
        }
        return waysToFail * steppingBack;
    }

    private List<List<Piece>> rows() throws Unbounded {
        if (++depth > DEEPEST) {
            throw new Unbounded();
        }
        List<List<Piece>> rows = new ArrayList<>();
        do {
            rows.add(row());
        } while (accept("|"));
        depth--;
        return rows;
    }

    private List<Piece> row() throws Unbounded {
        List<Piece> row = new ArrayList<>();
        while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
            List<Piece> atom = atom();
            row.addAll(repeated(atom));
        }
        return row;
    }

    private List<Piece> atom() throws Unbounded {
        int letter = next();
        return switch (letter) {
            case '(' -> group();
            case '[' -> {
                characters();
                yield List.of(one());
            }
            case '\\' -> List.of(escape());
            case '^', '$' -> List.of(Piece.NONE);
            case '*', '+', '?' -> throw new Unbounded();
            default -> List.of(one());
        };
    }

    private Piece one() {
        return ignoresCase ? Piece.ONE_OF_CASE : Piece.ONE;
    }

    private Piece escape() throws Unbounded {
        int letter = next();
        if ("pP".indexOf(letter) >= 0) {
            braces();
        } else if ("xu".indexOf(letter) >= 0) {
            if (at < text.length() && text.charAt(at) == '{') {
                braces();
            } else {
                at = Math.min(text.length(), at + (letter == 'x' ? 2 : 4));
            }
        } else if ("bBAzZG".indexOf(letter) >= 0) {
            return Piece.NONE;
        } else if (Character.isLetterOrDigit(letter) && "sSdDwWhHrntf".indexOf(letter) < 0) {
            throw new Unbounded();
        }
        return one();
    }

    /** Skips a class, behind its bracket. */
    private void characters() throws Unbounded {
        accept("^");
        if (accept("]")) {
            throw new Unbounded();
        }
        for (int open = 1; open > 0; ) {
            switch (next()) {
                case '[' -> open++;
                case ']' -> open--;
                case '\\' -> next();
                default -> {}
            }
        }
    }

    private List<Piece> group() throws Unbounded {
        boolean looks = accept("?=") || accept("?!") || accept("?<=") || accept("?<!");
        boolean outside = ignoresCase;
        ignoresCase |= accept("?i:");
        if (accept("?:")) {
            ignoresCase = outside;
        } else if (!looks && ignoresCase == outside && accept("?")) {
            throw new Unbounded();
        }
        List<List<Piece>> rows = rows();
        ignoresCase = outside;
        if (!accept(")")) {
            throw new Unbounded();
        }
        if (!looks && rows.size() == 1) {
            return rows.get(0);
        }
        Piece any = any(rows);
        if (looks) {
            Piece around = bounded(new Piece(1 + any.ways(), 0, any.loops(), true));
            return any.loops() == 0 ? List.of(around) : List.of(around, Piece.NONE);
        }
        if (any.loops() > 0) {
            throw new Unbounded();
        }
        return List.of(any);
    }

    private static Piece any(List<List<Piece>> rows) throws Unbounded {
        double ways = 0;
        double size = 0;
        int loops = 0;
        boolean mayFail = true;
        for (List<Piece> row : rows) {
            perCharacter(row);
            Piece whole = whole(row);
            ways += whole.ways();
            size += whole.size();
            loops += whole.loops();
            mayFail &= whole.mayFail();
        }
        return bounded(new Piece(ways, size, loops, mayFail));
    }

    private static Piece whole(List<Piece> row) throws Unbounded {
        double ways = 1;
        double size = 0;
        int loops = 0;
        boolean mayFail = false;
        for (Piece piece : row) {
            ways *= piece.ways();
            size += piece.size();
            loops += piece.loops();
            mayFail |= piece.mayFail();
        }
        return bounded(new Piece(ways, size, loops, mayFail));
    }

    private static Piece bounded(Piece piece) throws Unbounded {
        if (piece.ways() > MOST_WAYS || piece.size() > MOST_SIZE) {
            throw new Unbounded();
        }
        return piece;
    }

    /** The piece with what stands behind it: how often it is repeated. */
    private List<Piece> repeated(List<Piece> atom) throws Unbounded {
        int least;
        int most;
        int brace = -1;
        if (accept("*")) {
            least = 0;
            most = Integer.MAX_VALUE;
        } else if (accept("+")) {
            least = 1;
            most = Integer.MAX_VALUE;
        } else if (accept("?")) {
            least = 0;
            most = 1;
        } else {
            brace = at;
            int[] counts = counts();
            if (counts.length == 0) {
                at = brace;
                return atom;
            }
            least = counts[0];
            most = counts[1];
        }
        if (brace < 0 && !accept("?")) {
            accept("+");
        }
        if (at < text.length() && "*+?{".indexOf(text.charAt(at)) >= 0) {
            throw new Unbounded();
        }
        return times(whole(atom), least, most);
    }

    private static List<Piece> times(Piece piece, int least, int most) throws Unbounded {
        if (piece.loops() > 0 || piece.size() == 0 || least > most) {
            throw new Unbounded();
        }
        if (most <= COUNTED) {
            double ways = 0;
            for (int i = least; i <= most; i++) {
                ways += Math.pow(piece.ways(), i);
            }
            return List.of(bounded(new Piece(ways, piece.size() * most, 0, piece.mayFail() && least > 0)));
        }
        if (piece.ways() > 1 || !piece.mayFail() || piece.size() * least > MOST_SIZE) {
            throw new Unbounded();
        }
        Piece loop = new Piece(1, piece.size() * Math.max(1, least), 1, least > 0);
        // Having begun, it may yet fail to be long enough.
        return least > 1 || most < Integer.MAX_VALUE ? List.of(loop, Piece.NONE) : List.of(loop);
    }

    /** Least and most of a count in braces, or nothing where it is none. */
    private int[] counts() {
        int end = text.indexOf('}', at);
        if (at >= text.length() || text.charAt(at) != '{' || end < 0 || end - at > 12) {
            return new int[0];
        }
        String inside = text.substring(at + 1, end);
        if (!inside.matches("\\d{1,5}(,\\d{0,5})?|,\\d{1,5}")) {
            return new int[0];
        }
        at = end + 1;
        String[] numbers = inside.split(",", -1);
        int least = numbers[0].isEmpty() ? 0 : Integer.parseInt(numbers[0]);
        if (numbers.length == 1) {
            return new int[] {least, least};
        }
        return new int[] {least, numbers[1].isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(numbers[1])};
    }

    private void braces() throws Unbounded {
        int end = text.indexOf('}', at);
        if (at >= text.length() || text.charAt(at) != '{' || end < 0) {
            throw new Unbounded();
        }
        at = end + 1;
    }

    private int next() throws Unbounded {
        if (at >= text.length()) {
            throw new Unbounded();
        }
        int letter = text.codePointAt(at);
        at += Character.charCount(letter);
        return letter;
    }

    private boolean accept(String expected) {
        boolean here = text.startsWith(expected, at);
        if (here) {
            at += expected.length();
        }
        return here;
    }
}
