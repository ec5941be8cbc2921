package dev.nla.serve.api.request;

import java.util.List;
import java.util.stream.Stream;

/**
 * Descriptions whose gap is to be measured.
 *
 * @param items from one to as many as are allowed
 */
public record GapRequest(List<Item> items) {
    /** Reads a request. */
    public static GapRequest read(Body body, Limits limits) {
        body.only("items");
        return new GapRequest(body.objects("items", limits.items()).stream()
                .map(item -> Item.read(item, limits))
                .toList());
    }

    /**
     * A description and what it is of.
     *
     * @param description the words
     * @param target the activation
     */
    public record Item(String description, Target target) {
        private static Item read(Body body, Limits limits) {
            body.only(Stream.concat(Stream.of("description"), Target.KEYS.stream())
                    .toArray(String[]::new));
            return new Item(limits.text(body, "description"), Target.read(body, limits));
        }
    }
}
