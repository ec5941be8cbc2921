package dev.nla.train.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.testing.WorkersApart;
import dev.nla.model.workers.WorkersSource;
import dev.nla.train.testing.WorkersContract;
import org.junit.jupiter.api.AfterEach;

/** Protects that a run comes out the same where its work reaches those who do it as bytes, in any order and now and then twice. */
class WorkersTest extends WorkersContract {
    private WorkersApart opened;

    @Override
    protected WorkersSource workers() {
        return setup -> opened = new WorkersApart(setup, 2);
    }

    @AfterEach
    void theWorkWasDoneThere() {
        // The run that diverges ends at its third.
        assertThat(opened.jobs()).isGreaterThanOrEqualTo(3);
    }
}
