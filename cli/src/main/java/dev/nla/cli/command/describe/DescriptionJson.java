package dev.nla.cli.command.describe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.bulk.NamedVerbalizer;
import dev.nla.bulk.RowJson;
import dev.nla.bulk.WrittenWords;
import dev.nla.bulk.source.ActivationPlace;
import dev.nla.cli.option.SamplingOptions;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.verbalizer.ScoredDescription;

/**
 * Descriptions of one activation as JSON.
 *
 * @param sampling how they were written
 */
record DescriptionJson(SamplingOptions sampling) {
    /** The object as text. */
    String text(ActivationPlace place, NamedVerbalizer verbalizer, WrittenWords words) {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode root = mapper.createObjectNode();
        root.put("source", place.id()).put("adapter", verbalizer.name());
        RowJson.place(root, place);
        RowJson.warnings(root, words.warnings());
        root.put("seed", sampling.seed());
        sampling.provenance().forEach((key, value) -> root.set(key, mapper.valueToTree(value)));
        for (ScoredDescription each : words.descriptions()) {
            Description description = each.description();
            ObjectNode node = root.withArray("descriptions").addObject();
            node.setAll(RowJson.description(each));
            // These three are the names of version 0.1.
            each.cosine().ifPresent(cosine -> node.put(cosine.key(), cosine.value()));
            node.put("parsed", description.parsed())
                    .put("num_tokens", description.completion().tokens().length)
                    .set(
                            "token_ids",
                            mapper.valueToTree(description.completion().tokens()));
        }
        words.claims()
                .ifPresent(reading ->
                        RowJson.claims(root, reading, verbalizer.confidence().orElseThrow()));
        try {
            return mapper.writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
