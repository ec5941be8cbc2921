package dev.nla.train.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.nla.model.InputException;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.files.FileFault;
import dev.nla.model.files.ParserWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small JSON documents of a run folder, one record each. */
final class JsonFile {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private JsonFile() {}

    static void write(Path file, Object record) {
        try {
            AtomicFiles.write(file, JSON.writeValueAsString(record) + "\n");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static <T> T read(Path file, Class<T> type) {
        try {
            return JSON.readValue(Files.readString(file), type);
        } catch (JsonProcessingException wrong) {
            throw InputException.data(wrong, "%s is not what a run writes there (%s)", file, ParserWords.of(wrong));
        } catch (IOException wrong) {
            throw InputException.data(wrong, "%s cannot be read (%s)", file, FileFault.of(wrong));
        }
    }
}
