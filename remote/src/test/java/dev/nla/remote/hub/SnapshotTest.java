package dev.nla.remote.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects the cache that other programs use from being written to: which folders are revisions in it. */
class SnapshotTest {
    @ParameterizedTest
    @CsvSource({
        "/cache/hub/models--org--name/snapshots/0123,           true",
        "/cache/hub/models--org--name/snapshots/0123/,          true",
        "/cache/hub/models--org--name/snapshots/0123/x/..,      true",
        "models--org--name/snapshots/0123,                      true",
        "/cache/hub/models--org--name/snapshots/0123/adapter,   false",
        "/cache/hub/models--org--name/snapshots,                false",
        "/work/snapshots/0123,                                  false",
        "/snapshots/0123,                                       false",
        "/,                                                     false",
    })
    void aFolderOfARevisionIsKnown(String folder, boolean expected) {
        assertThat(Snapshot.isAt(Path.of(folder))).isEqualTo(expected);
    }
}
