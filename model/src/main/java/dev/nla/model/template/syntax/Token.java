package dev.nla.model.template.syntax;

/**
 * A piece of a template.
 *
 * @param kind what it is
 * @param text as it counts: texts without quotes and escapes
 * @param line where it stands, counted from 1
 */
record Token(Kind kind, String text, int line) {
    /** What a piece is. */
    enum Kind {
        DATA,
        PRINT_BEGIN,
        PRINT_END,
        BLOCK_BEGIN,
        BLOCK_END,
        NAME,
        TEXT,
        WHOLE,
        REAL,
        OPERATOR,
        END
    }

    boolean is(Kind kind) {
        return this.kind == kind;
    }

    boolean is(Kind kind, String text) {
        return this.kind == kind && this.text.equals(text);
    }

    boolean isOperator(String text) {
        return is(Kind.OPERATOR, text);
    }

    boolean isName(String text) {
        return is(Kind.NAME, text);
    }

    /** For messages. */
    String described() {
        return switch (kind) {
            case END -> "end of template";
            case PRINT_END -> "end of print statement";
            case BLOCK_END -> "end of statement block";
            default -> "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
        };
    }
}
