package dev.nla.data.extract;

import dev.nla.data.extract.prompt.Prompt;
import dev.nla.data.extract.prompt.PromptEncoder;
import dev.nla.data.extract.prompt.PromptStyle;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A chat encoder without a model: a token a UTF-16 unit, two tokens before every text and one behind. */
final class CharacterEncoder implements PromptEncoder {
    @Override
    public Prompt encode(String text) {
        LongStream inside = text.chars().asLongStream();
        long[] ids = LongStream.concat(LongStream.concat(LongStream.of(1, 2), inside), LongStream.of(3))
                .toArray();
        return new Prompt(ids, 2, text.length());
    }

    @Override
    public boolean special(long tokenId) {
        return tokenId == '^';
    }

    @Override
    public String decode(long[] tokenIds) {
        return LongStream.of(tokenIds)
                .mapToObj(id -> id < 4 ? "<" + id + ">" : String.valueOf((char) id))
                .collect(Collectors.joining());
    }

    @Override
    public String start(String text, int tokens) {
        return text.substring(0, tokens);
    }

    @Override
    public PromptStyle style() {
        return PromptStyle.CHAT;
    }

    @Override
    public String fingerprint() {
        return "characters";
    }
}
