package dev.nla.model.files;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.Reader;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * Reads {@code .nan} and {@code .inf}, which Python writes for the loss of a run that went wrong and Jackson does not parse, as texts:
 * where they do not matter the rest of the file stays readable, and where a number is needed the message names the key.
 */
final class NonFiniteYamlFactory extends YAMLFactory {
    private static final long serialVersionUID = 1L;

    @Override
    protected YAMLParser _createParser(Reader reader, IOContext context) throws IOException {
        return new YAMLParser(context, _parserFeatures, _yamlParserFeatures, _loaderOptions, _objectCodec, reader) {
            @Override
            protected JsonToken _decodeScalar(ScalarEvent scalar) throws IOException {
                String value = scalar.getValue();
                if (scalar.isPlain() && value.matches("[-+]?\\.(inf|Inf|INF|nan|NaN|NAN)")) {
                    _textValue = value;
                    _cleanedTextValue = null;
                    return JsonToken.VALUE_STRING;
                }
                return super._decodeScalar(scalar);
            }
        };
    }
}
