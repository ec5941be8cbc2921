package dev.nla.model.tokenizer;

import dev.nla.model.InputException;
import dev.nla.model.files.FileFault;
import dev.nla.model.files.WellFormedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * The tokenizer of a model folder: {@code tokenizer.json} run by Hugging Face's Rust library, with the tokens that only
 * {@code tokenizer_config.json} and its older companions name, so that ids are those of transformers. It
 * neither truncates nor pads: whoever needs a limit checks the length. Safe for use by several threads until it is closed.
 */
public final class Tokenizer implements AutoCloseable {
    /** The file's name in a model folder. */
    public static final String FILE = "tokenizer.json";

    /** Longest text that is tokenized; the library takes some 170 bytes of memory a character. */
    private static final int MOST_CHARACTERS = 1 << 22;

    /** A byte-level tokenizer that puts a blank in front of pieces. */
    private static final double USUAL_GROWTH = 8;

    private static final long LARGEST_FILE = 1L << 28;

    /** Far more than a text takes unless a regular expression tries all ways to match it. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path modelDir;
    private final TextCodec here;
    private final ProcessCodec apart;
    private final Backtracking backtracking;
    private final Vocabulary vocabulary;
    private final String sha256;
    private final TokenizerGrowth growth;

    private Tokenizer(
            Path modelDir, TokenizerJson json, TokenizerParts parts, TokenizerGrowth growth, Patience patience)
            throws IOException {
        this.modelDir = modelDir;
        this.growth = growth;
        vocabulary = json.vocabulary();
        sha256 = sha256(json.bytes());
        backtracking = Backtracking.of(parts);
        apart = new ProcessCodec(json.bytes(), patience);
        if (backtracking.unbounded()) {
            apart.open();
            here = apart;
        } else {
            here = new LibraryCodec(json.bytes(), patience);
        }
    }

    /**
     * Opens the tokenizer of a model folder; never uses the network.
     *
     * @throws InputException when {@code tokenizer.json} is missing or broken
     */
    public static Tokenizer open(Path modelDir) {
        return open(modelDir, PATIENCE);
    }

    /** The same with another limit of the time that a short text may take. */
    static Tokenizer open(Path modelDir, Duration patience) {
        Path file = modelDir.resolve(FILE);
        byte[] json = bytes(file);
        try {
            TokenizerJson whole = TokenizerJson.of(json, ConfiguredTokens.read(modelDir));
            TokenizerParts parts = TokenizerParts.read(json);
            return new Tokenizer(modelDir, whole, parts, growth(file, parts), new Patience(file, patience));
        } catch (InputException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw InputException.data(e, "%s: is no tokenizer: %s; download it again", file, firstLine(e.getMessage()));
        }
    }

    /**
     * The ids of a text without the tokens that open or close a sequence; special tokens written out in the text become their ids.
     *
     * @throws InputException when the text is longer than can be tokenized in a bounded memory, or takes minutes
     */
    public long[] encode(String text) {
        return encode(text, false);
    }

    /** The ids of a text with the tokens that the tokenizer puts around a sequence, as {@code tokenizer(text)} in transformers gives. */
    public long[] encodeWithSpecials(String text) {
        return encode(text, true);
    }

    private long[] encode(String text, boolean specials) {
        String readable = readable(text);
        TextCodec codec = backtracking.bears(growth.normalizing() * text.length()) ? here : apart;
        return codec.encode(readable, specials);
    }

    /** The text of these ids; ids beyond the vocabulary give no text. */
    public String decode(long[] ids, boolean skipSpecials) {
        return here.decode(ids, skipSpecials);
    }

    /**
     * The id of a token by its name in the vocabulary, for example {@code <|im_end|>}. Byte-level vocabularies spell ordinary text in an
     * alphabet of their own ({@code Ġthe}): to look up a text such as a marker, {@link #encode} it.
     */
    public OptionalLong idOf(String token) {
        return vocabulary.idOf(token);
    }

    /** One more than the highest id of a token; a model's embedding may have more rows. */
    public int vocabularySize() {
        return vocabulary.size();
    }

    /**
     * The chat template of the same folder.
     *
     * @throws InputException when the folder has none, or it leaves out what the user says
     */
    public ChatTemplate chatTemplate() {
        return ChatTemplate.open(modelDir).forUserMessages();
    }

    /** The SHA-256 in hexadecimal digits of {@code tokenizer.json}, together with the tokens that were added to it. */
    public String sha256() {
        return sha256;
    }

    @Override
    public void close() {
        here.close();
        apart.close();
    }

    private static TokenizerGrowth growth(Path file, TokenizerParts parts) {
        try {
            return TokenizerGrowth.of(parts);
        } catch (IOException e) {
            throw InputException.data(e, "%s: is no tokenizer that can be used: %s", file, firstLine(e.getMessage()));
        }
    }

    private String readable(String text) {
        int mostCharacters = (int) (MOST_CHARACTERS / Math.max(1, growth.encoding() / USUAL_GROWTH));
        if (text.length() > mostCharacters) {
            throw InputException.data(
                    "a text of %d characters is longer than the %d that are tokenized: shorten it",
                    text.length(), mostCharacters);
        }
        return WellFormedText.of(text);
    }

    private static byte[] bytes(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw InputException.data(
                        "%s: has %d bytes, more than the %d of any tokenizer: download it again",
                        file, Files.size(file), LARGEST_FILE);
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw InputException.data(
                    e, "%s: there is no such file; give a Hugging Face model folder with its %s", file, FILE);
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be read: %s", file, FileFault.of(e));
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String firstLine(String message) {
        return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
    }
}
