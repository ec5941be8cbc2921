package dev.nla.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.model.workers.ClusterSettings;
import dev.nla.model.workers.WorkerSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects what results, memory and safety rest on: one task a process, nothing done twice, no cluster joined without its secret by oversight. */
class SparkSettingsTest {
    private static final String STANDALONE = "spark://host:7077";

    @TempDir
    private Path folder;

    @Test
    void aProcessHasOneTaskAtATime() {
        SparkConf conf = of("yarn", Map.of("spark.executor.cores", "8"));
        assertThat(conf.get("spark.task.cpus")).isEqualTo("8");
        assertThat(of("yarn", Map.of()).get("spark.executor.cores")).isEqualTo("3");
        SparkConf local = of("local-cluster[2, 4, 1024]", Map.of());
        assertThat(local.get("spark.task.cpus")).isEqualTo("4");
        assertThat(local.get("spark.speculation")).isEqualTo("false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"spark.speculation", "spark.task.cpus", "spark.driver.maxResultSize", "spark.master"})
    void whatMayNotBeSet(String key) {
        assertThatThrownBy(() -> of("yarn", Map.of(key, "1")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "spark://host",
                "spark:host:7077",
                "local",
                "local[2]",
                "local-cluster[2,1]",
                "k8s://",
                ""
            })
    void whatIsNoClusterIsRefusedBeforeSparkSeesIt(String url) {
        assertThatThrownBy(() -> of(url, Map.of())).isInstanceOfSatisfying(InputException.class, refused -> {
            assertThat(refused.kind()).isEqualTo(InputException.Kind.USAGE);
            assertThat(refused.message(key -> "--" + key.name()))
                    .startsWith("--cluster " + url + ": expected spark://HOST:PORT, k8s://URL, yarn, or");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"spark://a:7077,b:7077", "k8s://https://host:6443", "yarn", "local-cluster[1,1,1024]"})
    void whatIsOneIsTaken(String url) {
        assertThat(of(url, Map.of("spark.authenticate", "false")).get("spark.master"))
                .isEqualTo(url);
    }

    @Test
    void aStandaloneClusterIsJoinedWithItsSecret() throws IOException {
        assertThatThrownBy(() -> of(STANDALONE, Map.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cluster_conf spark.authenticate.secret.file=FILE");
        Path secret = Files.writeString(folder.resolve("secret"), "hush\n");
        SparkConf conf = of(STANDALONE, Map.of("spark.authenticate.secret.file", secret.toString()));
        assertThat(conf.get("spark.authenticate")).isEqualTo("true");
        assertThat(conf.get("spark.authenticate.secret")).isEqualTo("hush");
        Files.writeString(secret, " ");
        assertThatThrownBy(() -> of(STANDALONE, Map.of("spark.authenticate.secret.file", secret.toString())))
                .hasMessageContaining(secret + " is empty");
        assertThat(of(STANDALONE, Map.of("spark.authenticate", "false")).contains("spark.authenticate.secret"))
                .isFalse();
    }

    private static SparkConf of(String url, Map<String, String> given) {
        return SparkSettings.of(new ClusterSettings(url, given, false), new WorkerSetup("model", 3));
    }
}
