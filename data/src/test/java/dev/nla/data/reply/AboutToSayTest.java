package dev.nla.data.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Protects descriptions from losing a line, from two lines about one reply, and from replies that break the form of a list. */
class AboutToSayTest {
    @Test
    void aLineIsAddedAndReplaced() {
        AboutToSay line = new AboutToSay(3);
        String once = line.addedTo("• Topic: event\n• A kind of stall", "The plane went into\na stall");
        assertThat(once).isEqualTo("• Topic: event\n• A kind of stall\n• About to say: The plane went");
        assertThat(line.addedTo(once, "Another one"))
                .isEqualTo("• Topic: event\n• A kind of stall\n• About to say: Another one");
    }

    @Test
    void aTextWithoutADescriptionGetsTheLineAlone() {
        assertThat(new AboutToSay(2).addedTo("", " a b c")).isEqualTo("• About to say: a b");
    }

    @Test
    void anEmptyReplyIsNotSaid() {
        assertThat(new AboutToSay(2).addedTo("• Topic: event", " \n")).isEqualTo("• Topic: event");
        assertThatThrownBy(() -> new AboutToSay(0)).hasMessageContaining("at least 1");
    }

    @Property
    void itIsOneLineOfAtMostSoManyWords(@ForAll String reply, @ForAll @IntRange(min = 1, max = 9) int words) {
        String line = new AboutToSay(words).addedTo("", reply);
        assertThat(line.lines().count()).isLessThanOrEqualTo(1);
        assertThat(line.isEmpty() ? 3 : line.split(" ").length).isBetween(3, words + 4);
    }
}
