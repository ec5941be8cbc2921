package dev.nla.train.run.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects which server a run reports to, and that what lets in is sent there and shown nowhere. */
class MlflowServerTest {
    @Test
    void theSettingStandsAboveTheEnvironment() {
        Map<String, String> environment = Map.of("MLFLOW_TRACKING_URI", "http://elsewhere:5000/");
        assertThat(MlflowServer.of(Optional.empty(), environment).address()).isEqualTo("http://elsewhere:5000");
        assertThat(MlflowServer.of(Optional.of("https://here/mlflow/"), environment)
                        .address())
                .isEqualTo("https://here/mlflow");
    }

    @Test
    void credentialsAreSentAndNotShown() {
        MlflowServer inAddress = MlflowServer.of(Optional.of("http://ann:pw@here:5000"), Map.of());
        assertThat(inAddress.authorization()).hasValue("Basic YW5uOnB3");
        assertThat(inAddress).hasToString("http://here:5000");
        assertThat(MlflowServer.of(
                                Optional.of("http://here"),
                                Map.of("MLFLOW_TRACKING_USERNAME", "ann", "MLFLOW_TRACKING_PASSWORD", "pw"))
                        .authorization())
                .hasValue("Basic YW5uOnB3");
        assertThat(MlflowServer.of(Optional.of("http://here"), Map.of()).authorization())
                .isEmpty();
    }

    @Test
    void noServerIsToldWithTheWayOut() {
        assertThatThrownBy(() -> MlflowServer.of(Optional.empty(), Map.of()))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "report_to has mlflow, but no server is named: set mlflow_tracking_uri, such as http://localhost:5000, or MLFLOW_TRACKING_URI");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite:///mlflow.db", "file:./mlruns", "databricks", "http://", "http://a b"})
    void whatIsNoAddressOfAServerIsRefused(String text) {
        assertThatThrownBy(() -> MlflowServer.of(Optional.of(text), Map.of()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("mlflow_tracking_uri is '" + text + "', expected http://… or https://…");
        assertThatThrownBy(() -> MlflowServer.of(Optional.empty(), Map.of("MLFLOW_TRACKING_URI", text)))
                .hasMessageStartingWith("MLFLOW_TRACKING_URI is '" + text + "'");
    }
}
