package dev.nla.data.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects work that is kept: whole pieces of the same inputs are found again, and nothing else is taken for one. */
class KeptLinesTest {
    private static final WorkInputs INPUTS = new WorkInputs(Map.of("model", "tiny", "seed", "1"));

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = KeptLines.beside(folder.resolve("out"), "pieces");
    }

    private List<Integer> kept(WorkInputs inputs, Object... more) {
        List<Integer> found = new ArrayList<>();
        try (KeptLines lines = KeptLines.open(
                file,
                "pieces",
                inputs,
                piece -> piece.path(0).isInt() && found.add(piece.path(0).intValue()))) {
            lines.append(List.of(more));
        }
        return found;
    }

    @Test
    void piecesAreFoundAgainAndGoneWhenTheWorkIsDone() {
        assertThat(kept(INPUTS, List.of(1), List.of(2))).isEmpty();
        assertThat(kept(INPUTS, List.of(3))).containsExactly(1, 2);
        assertThat(kept(INPUTS)).containsExactly(1, 2, 3);
        assertThat(file.getFileName()).hasToString(".out.pieces");
        KeptLines.open(file, "pieces", INPUTS, piece -> true).delete();
        assertThat(file).doesNotExist();
    }

    @Test
    void aTornLineAndAllBehindADamagedOneAreDoneAnew() throws IOException {
        kept(INPUTS, List.of(1), List.of(2));
        Files.writeString(file, "[3", StandardOpenOption.APPEND);
        assertThat(kept(INPUTS, List.of(4))).containsExactly(1, 2);
        assertThat(kept(INPUTS)).containsExactly(1, 2, 4);
        Files.writeString(file, Files.readString(file).replace("[2]", "[\"2"));
        assertThat(kept(INPUTS)).containsExactly(1);
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    @Test
    void piecesOfOtherInputsAreRefusedByName() {
        kept(INPUTS, List.of(1));
        WorkInputs others = new WorkInputs(Map.of("model", "tiny", "seed", "2", "rows", "a".repeat(64)));
        assertThatThrownBy(() -> kept(others))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(file + ": holds the pieces of an unfinished run with other inputs")
                .hasMessageContaining("rows none, now aaaaaaaaaaaa…; seed 1, now 2")
                .hasMessageContaining("delete the file");
        assertThat(kept(INPUTS)).containsExactly(1);
    }

    @Test
    void aFileWithoutPiecesIsNobodys() throws IOException {
        kept(INPUTS);
        assertThat(file).doesNotExist();
        Files.writeString(file, "{\"model\":\"another\"}\n[\"to");
        assertThat(kept(INPUTS, List.of(1))).isEmpty();
        assertThat(kept(INPUTS)).containsExactly(1);
        Files.writeString(file, "{\"model\":\"ano");
        assertThat(kept(INPUTS, List.of(2))).isEmpty();
        assertThat(kept(INPUTS)).containsExactly(2);
    }
}
