package dev.nla.model.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.nla.model.InputException;
import java.nio.file.Path;

/** YAML with every text quoted, so that no reader takes a date or a number for anything else. */
public final class YamlText {
    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    private YamlText() {}

    /**
     * A tree as text.
     *
     * @param file that it is for, in messages
     */
    public static String of(Path file, ObjectNode tree) {
        try {
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw InputException.data(e, "%s: cannot be put into YAML: %s", file, ParserWords.of(e));
        }
    }
}
