package dev.nla.train.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.train.config.run.BudgetSettings;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Protects the table that files are read by and documentation is made from. */
class SettingTableTest {
    @ParameterizedTest
    @EnumSource(Stage.class)
    void everyKeyOccursOnceAndIsDocumented(Stage stage) {
        Set<String> seen = new HashSet<>();
        for (SettingInfo setting : SettingTable.of(stage).settings()) {
            assertThat(seen.add(setting.key())).as(setting.key()).isTrue();
            assertThat(setting.meaning()).as(setting.key()).isNotBlank().doesNotContain("\n", "|");
            assertThat(setting.expectation()).as(setting.key()).isNotBlank();
        }
        assertThat(seen).containsAll(stage.defaults().keySet());
    }

    @Test
    void markdownShowsKeyValueDefaultAndMeaning() {
        String markdown = SettingTable.of(Stage.HARDNEG).markdown();
        assertThat(markdown)
                .contains("### optimizer\n")
                .contains("| `learning_rate` | a number above 0 | `5e-5` | highest learning rate of the schedule |\n")
                .contains("| `negative_pool` | one of random, nearest, mixed | `nearest` |")
                .contains("| `model` | a folder or REPO[@REV] (in quotes where it looks like a number) | required |");
    }

    @Test
    void transformersStepRuleHolds() {
        BudgetSettings budget = new BudgetSettings(-1, 1.5, 4, 2);
        assertThat(budget.rowsPerStep()).isEqualTo(8);
        assertThat(budget.totalSteps(17)).isEqualTo(5); // ceil(1.5 * ceil(17 / 8))
        assertThat(new BudgetSettings(7, 1, 4, 2).totalSteps(1000)).isEqualTo(7);
        int most = Integer.MAX_VALUE;
        assertThat(new BudgetSettings(-1, 3, most, most).rowsPerStep()).isEqualTo(most);
        assertThat(new BudgetSettings(-1, 3, most, most).totalSteps(1000)).isEqualTo(3);
        assertThatThrownBy(() -> new BudgetSettings(-1, 1e300, 4, 2).totalSteps(17))
                .hasMessageContaining("num_train_epochs is 1.0E300");
    }
}
