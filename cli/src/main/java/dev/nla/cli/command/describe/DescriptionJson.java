package dev.nla.cli.command.describe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.cli.option.SamplingOptions;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.verbalizer.ScoredDescription;
import java.util.List;
import java.util.function.Consumer;

/**
 * Descriptions of one activation as JSON.
 *
 * @param sampling how they were written
 * @param warnings what makes them less trustworthy
 */
public record DescriptionJson(SamplingOptions sampling, List<String> warnings) {
    /**
     * The object as text.
     *
     * @param more adds what else is known
     */
    String text(DescribedVector.Found found, List<ScoredDescription> written, Consumer<ObjectNode> more) {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode root = mapper.createObjectNode();
        root.put("source", found.name());
        found.layer().ifPresent(layer -> root.put("layer", layer));
        found.place()
                .ifPresent(place -> root.put("prompt", place.prompt().label()).put("position", place.position()));
        if (!warnings.isEmpty()) {
            warnings.forEach(root.withArray("warnings")::add);
        }
        root.put("seed", sampling.seed());
        sampling.provenance().forEach((key, value) -> root.set(key, mapper.valueToTree(value)));
        for (ScoredDescription each : written) {
            Description description = each.description();
            ObjectNode node = root.withArray("descriptions").addObject();
            each.cosine().ifPresent(cosine -> node.put(cosine.key(), cosine.value()));
            node.put("text", description.text())
                    .put("parsed", description.parsed())
                    .put("finish_reason", description.finishReason())
                    .put("num_tokens", description.completion().tokens().length)
                    .set(
                            "token_ids",
                            mapper.valueToTree(description.completion().tokens()));
        }
        more.accept(root);
        try {
            return mapper.writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
