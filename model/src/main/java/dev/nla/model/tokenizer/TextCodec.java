package dev.nla.model.tokenizer;

/** Turns texts into ids and ids into texts, in a bounded time. Safe for use by several threads until it is closed. */
interface TextCodec extends AutoCloseable {
    /**
     * The ids of a text.
     *
     * @param text without halves of surrogate pairs
     * @param specials whether the tokens that the tokenizer puts around a sequence come with them
     */
    long[] encode(String text, boolean specials);

    /** The text of ids. */
    String decode(long[] ids, boolean skipSpecials);

    @Override
    void close();
}
