package dev.nla;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects readers from an example in the README that does not compile, or does not do what it says on the model that ships. */
class ReadmeExampleTest {
    private static final Path ROOT = Path.of(System.getProperty("nla.root"));
    private static final Pattern EXAMPLE = Pattern.compile("```java\\n(.*?public class (\\w+).*?)```", Pattern.DOTALL);

    @Test
    void theExampleCompilesAndDescribesAScene(@TempDir Path folder) throws Exception {
        Matcher example = EXAMPLE.matcher(Files.readString(ROOT.resolve("README.md")));
        assertThat(example.find()).isTrue();
        String name = example.group(2);
        Path source = Files.writeString(folder.resolve(name + ".java"), example.group(1));
        String classPath = System.getProperty("java.class.path");
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-Werror", "-cp", classPath, "-d", folder.toString(), source.toString());
        assertThat(compiled).isZero();

        String said = run(folder, classPath, name, "The school was where it happened. A goat kept close.");

        assertThat(said).contains("school", "goat", "-> 192 numbers");
    }

    private static String run(Path folder, String classPath, String name, String text)
            throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dai.djl.offline=true",
                        "-cp",
                        folder + System.getProperty("path.separator") + classPath,
                        name,
                        text)
                .directory(ROOT.toFile())
                .redirectOutput(said.toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("errors")))
                .isZero();
        return Files.readString(said);
    }
}
