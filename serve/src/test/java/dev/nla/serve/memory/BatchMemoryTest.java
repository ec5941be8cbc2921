package dev.nla.serve.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.process.ProcessMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the server from taking more memory than machine, control groups and limits of the process leave it, in whichever form they say so. */
class BatchMemoryTest {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    @TempDir
    private Path root;

    private void file(String name, String text) throws IOException {
        Files.createDirectories(root.resolve(name).getParent());
        Files.writeString(root.resolve(name), text);
    }

    private void machine(String addresses) throws IOException {
        file("proc/meminfo", "MemTotal:       16777216 kB\nMemAvailable:    8388608 kB\n");
        file("proc/self/status", "Name:\tjava\nVmSize:\t 3145728 kB\nVmRSS:\t 1048576 kB\n");
        file(
                "proc/self/limits",
                "Limit                     Soft Limit           Hard Limit           Units     \n"
                        + "Max address space         " + addresses + "            unlimited            bytes     \n");
    }

    private ProcessMemory process() {
        return new ProcessMemory(root);
    }

    private long bytes(OptionalLong most, int threads) {
        return new BatchMemory(process(), most, threads, 0).bytes(0, 0);
    }

    @Test
    void theMachinesMemoryBoundsWhereNothingElseDoes() throws IOException {
        machine("unlimited");
        file("proc/self/cgroup", "0::/\n");
        assertThat(process().free()).hasValue(8 * GIB);
        assertThat(process().held()).hasValue(GIB);
        assertThat(process().addresses()).isEmpty();
        assertThat(bytes(OptionalLong.empty(), 0)).isEqualTo(8 * GIB - BatchMemory.OTHER);
    }

    @Test
    void theTightestOfTheControlGroupsAroundTheProcessBounds() throws IOException {
        machine("unlimited");
        file("proc/self/cgroup", "0::/pod/box\n");
        file("sys/fs/cgroup/pod/box/memory.max", "max\n");
        file("sys/fs/cgroup/pod/box/memory.high", "max\n");
        file("sys/fs/cgroup/pod/box/memory.current", GIB + "\n");
        file("sys/fs/cgroup/pod/memory.max", 4 * GIB + "\n");
        file("sys/fs/cgroup/pod/memory.current", 2 * GIB + "\n");
        file("sys/fs/cgroup/pod/memory.stat", "anon 5\ninactive_file " + GIB + "\nactive_file 7\n");
        assertThat(process().free()).as("files that may be dropped are free").hasValue(3 * GIB);
        file("sys/fs/cgroup/pod/box/memory.high", 2 * GIB + "\n");
        assertThat(process().free()).hasValue(GIB);
    }

    @Test
    void aContainerSeesItsOwnGroupAtTheTop() throws IOException {
        machine("unlimited");
        file("proc/self/cgroup", "0::/docker/0123456789\n");
        file("sys/fs/cgroup/memory.max", 2 * GIB + "\n");
        file("sys/fs/cgroup/memory.current", GIB + "\n");
        assertThat(process().free()).hasValue(GIB);
        file("proc/self/cgroup", "0::/../../outside\n");
        assertThat(process().free()).as("a path that leads out").hasValue(8 * GIB);
    }

    @Test
    void controlGroupsOfTheFirstVersionBoundToo() throws IOException {
        machine("unlimited");
        file("proc/self/cgroup", "12:cpu,cpuacct:/a\n4:memory:/box\n1:name=systemd:/c\n");
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        file("sys/fs/cgroup/memory/memory.usage_in_bytes", 7 * GIB + "\n");
        file("sys/fs/cgroup/memory/box/memory.limit_in_bytes", 3 * GIB + "\n");
        file("sys/fs/cgroup/memory/box/memory.usage_in_bytes", 2 * GIB + "\n");
        file("sys/fs/cgroup/memory/box/memory.stat", "inactive_file 1\ntotal_inactive_file " + 512 * MIB + "\n");
        assertThat(process().free()).hasValue(GIB + 512 * MIB);
    }

    @Test
    void addressSpaceBoundsWithTheStacksOfAllThreads() throws IOException {
        machine(Long.toString(5 * GIB));
        assertThat(process().addresses()).hasValue(2 * GIB);
        assertThat(bytes(OptionalLong.empty(), 512)).isEqualTo((2 * GIB - 512 * MIB - BatchMemory.OTHER) * 2 / 3);
    }

    @Test
    void whatTheUserSaysTakesTheMachinesPlace() throws IOException {
        machine("unlimited");
        assertThat(bytes(OptionalLong.of(40 * GIB), 0)).isEqualTo(39 * GIB - BatchMemory.OTHER);
        assertThat(bytes(OptionalLong.of(GIB / 2), 0)).isNegative();
    }

    @Test
    void whatJavaAndTheTokenizerMayYetTakeIsLeftToThem() throws IOException {
        machine("unlimited");
        BatchMemory memory = new BatchMemory(process(), OptionalLong.empty(), 0, MIB);
        assertThat(memory.bytes(2 * GIB, GIB)).isEqualTo(8 * GIB - GIB - GIB / 2 - BatchMemory.OTHER);
        assertThat(memory.bytes(0, 0)).isEqualTo(8 * GIB - 150 * MIB - BatchMemory.OTHER);
    }

    @Test
    void whereTheSystemSaysNothingNothingBounds() throws IOException {
        assertThat(bytes(OptionalLong.empty(), 9)).isEqualTo(Long.MAX_VALUE);
        assertThat(bytes(OptionalLong.of(GIB), 9)).isEqualTo(Long.MAX_VALUE);
        file("proc/meminfo", "MemAvailable: many kB\n");
        file("proc/self/limits", "Max address space\n");
        file("proc/self/cgroup", "nonsense\n0::\n");
        file("sys/fs/cgroup/memory.max", "a lot\n");
        assertThat(bytes(OptionalLong.empty(), 9)).isEqualTo(Long.MAX_VALUE);
    }
}
