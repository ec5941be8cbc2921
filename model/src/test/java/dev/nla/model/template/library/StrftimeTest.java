package dev.nla.model.template.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

/** Protects dates in prompts, as Python writes them. */
class StrftimeTest {
    private static final ZonedDateTime TIME = ZonedDateTime.of(2025, 3, 7, 9, 5, 2, 0, ZoneOffset.UTC);

    @Test
    void writesTimesAsPythonDoes() {
        assertThat(Strftime.format(TIME, "%d %b %Y, %A %H:%M:%S 100%%")).isEqualTo("07 Mar 2025, Friday 09:05:02 100%");
        assertThat(Strftime.format(TIME, "%-d/%-m %e %F %T")).isEqualTo("7/3  7 2025-03-07 09:05:02");
    }

    @Test
    void namesADirectiveThatItDoesNotKnow() {
        assertThatThrownBy(() -> Strftime.format(TIME, "%Q")).hasMessage("strftime_now knows no %Q");
    }
}
