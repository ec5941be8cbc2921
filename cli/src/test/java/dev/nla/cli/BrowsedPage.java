package dev.nla.cli;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What the tests of the page begin with: one server and one browser for a class, the page opened anew and described for each test. */
@Tag("real")
@TestInstance(Lifecycle.PER_CLASS)
abstract class BrowsedPage {
    Browser browser;
    ServedPage page;
    Served served;

    /** How the server is told what to serve. */
    abstract Object[] options() throws IOException;

    @BeforeAll
    void start() throws IOException {
        browser = Browser.installed();
        page = new ServedPage(browser);
        served = Served.with(options());
    }

    @AfterAll
    void stop() {
        if (served != null) {
            served.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void open() {
        browser.open(served.address());
        page.awaitWords();
    }
}
