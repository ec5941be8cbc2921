package dev.nla.data.extract;

import java.util.List;

/**
 * The texts of a batch as a model reads them.
 *
 * @param ids by which complaints name them
 * @param tokens of each
 * @param positions tokens of each that give an activation, ascending
 */
record BatchTokens(List<String> ids, List<long[]> tokens, List<int[]> positions) {
    static BatchTokens of(List<PreparedText> texts) {
        return new BatchTokens(
                texts.stream().map(text -> text.source().id()).toList(),
                texts.stream().map(text -> text.prompt().tokenIds()).toList(),
                texts.stream().map(PreparedText::positions).toList());
    }
}
