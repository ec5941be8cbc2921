package dev.nla.serve.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
import dev.nla.serve.api.request.DescribeRequest;
import dev.nla.serve.api.request.Target;
import dev.nla.serve.api.response.DescribeResponse;
import dev.nla.serve.api.response.Progress;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects adapters that come and go while others are served, and that no name leads out of their folder. */
class EngineAdaptersTest extends ServedEngine {
    @Test
    void adaptersComeAndGoWhileOthersAreServed() {
        assertThat(engine.loadable()).containsExactly("two");
        assertThat(engine.load("two").join().name()).isEqualTo("two");
        assertThat(engine.loadable()).isEmpty();
        assertThatThrownBy(() -> engine.load("two").join()).hasMessageContaining("is loaded already");
        DescribeRequest request = new DescribeRequest(
                "two", new Target.OfVector(vector(0)), OptionalInt.empty(), 1, DRAWN, 0, 0, true, false, false);
        CompletableFuture<DescribeResponse> before = engine.describe(request, Progress.NONE);
        engine.unload("two").join();
        assertThat(before.join().adapter()).isEqualTo("two");
        assertThatThrownBy(() -> engine.describe(request, Progress.NONE))
                .hasMessageContaining("no adapter 'two' is loaded");
        assertThat(engine.load("two").join().name()).isEqualTo("two");
        assertThat(engine.describe(request, Progress.NONE).join().descriptions())
                .isEqualTo(before.join().descriptions());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../critic",
                "..",
                ".",
                "",
                "a/b",
                "/etc",
                "one\\two",
                ".hidden",
                "two\u0000",
                "%2e%2e",
                "two/../two"
            })
    void noNameLeadsOutOfTheFolder(String name) {
        assertThatThrownBy(() -> engine.load(name)).isInstanceOfSatisfying(RequestException.class, refused -> {
            assertThat(refused.fault()).isEqualTo(Fault.INVALID_REQUEST);
            assertThat(refused.parameter()).hasValue("name");
        });
    }
}
