package dev.nla.serve.api.response;

import java.util.List;

/**
 * A text as the model reads it.
 *
 * @param tokens all of them
 * @param textStart index of the first that belongs to the text
 * @param textEnd one behind the last that belongs to the text
 * @param activations layer by layer as asked for, in each by ascending position
 */
public record ExtractResponse(List<Token> tokens, int textStart, int textEnd, List<Activation> activations) {
    /**
     * A token.
     *
     * @param id its number
     * @param text what it adds to the text
     */
    public record Token(long id, String text) {}

    /**
     * An activation.
     *
     * @param layer block, from 0
     * @param position token, from 0
     * @param vector {@code [d]}
     */
    public record Activation(int layer, int position, float[] vector) {}
}
