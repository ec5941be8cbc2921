package dev.nla.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Ways to spoil a file, drawn from a seed: what disks, editors, other programs and ill will do to bytes and to text. */
final class Mutations {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]{2,}");
    private static final List<String> ODD_NUMBERS = List.of(
            "NaN",
            "-1",
            "0",
            "1e999",
            "-Infinity",
            "2147483648",
            "9223372036854775808",
            "1e-400",
            "0.5",
            "\"7\"",
            "null");
    private static final List<String> ODD_WORDS = List.of(
            "",
            "null",
            "true",
            "\\ud83d",
            "\\u0000",
            "../../etc/passwd",
            "{}",
            "[]",
            "\n",
            "\t",
            "'",
            "\"",
            "%s",
            "💥",
            "[".repeat(3000),
            "{\"a\":".repeat(1500),
            "x".repeat(100_000));

    private final Random random;

    Mutations(long seed) {
        random = new Random(seed);
    }

    /** A spoiled copy; it may by chance be the same, and it may by chance still be sound. */
    byte[] of(byte[] original) {
        boolean text = isText(original);
        return switch (random.nextInt(text ? 11 : 7)) {
            case 0 -> Arrays.copyOf(original, random.nextInt(original.length + 1));
            case 1 -> flipped(original);
            case 2 -> overwritten(original);
            case 3 -> without(original);
            case 4 -> twice(original);
            case 5 -> inserted(original);
            case 6 -> head(original);
            case 7, 8 -> replaced(original, NUMBER, ODD_NUMBERS);
            case 9 -> replaced(original, WORD, ODD_WORDS);
            default -> swappedLines(original);
        };
    }

    private static boolean isText(byte[] bytes) {
        int seen = Math.min(bytes.length, 64);
        for (int i = 0; i < seen; i++) {
            if (bytes[i] >= 0 && bytes[i] < 9) {
                return false;
            }
        }
        return true;
    }

    private byte[] flipped(byte[] original) {
        byte[] bytes = original.clone();
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times && bytes.length > 0; i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private byte[] overwritten(byte[] original) {
        byte[] bytes = original.clone();
        byte[] noise = new byte[1 + random.nextInt(16)];
        random.nextBytes(noise);
        int at = place(bytes);
        System.arraycopy(noise, 0, bytes, at, Math.min(noise.length, bytes.length - at));
        return bytes;
    }

    private byte[] without(byte[] original) {
        int from = place(original);
        int to = Math.min(original.length, from + 1 + random.nextInt(64));
        return join(Arrays.copyOf(original, from), Arrays.copyOfRange(original, to, original.length));
    }

    private byte[] twice(byte[] original) {
        int from = place(original);
        int to = Math.min(original.length, from + 1 + random.nextInt(200));
        return join(Arrays.copyOf(original, to), Arrays.copyOfRange(original, from, original.length));
    }

    private byte[] inserted(byte[] original) {
        byte[] noise = new byte[1 + random.nextInt(8)];
        random.nextBytes(noise);
        int at = place(original);
        return join(join(Arrays.copyOf(original, at), noise), Arrays.copyOfRange(original, at, original.length));
    }

    /** The first bytes often say how long what follows is. */
    private byte[] head(byte[] original) {
        byte[] bytes = original.clone();
        for (int i = 0; i < Math.min(8, bytes.length); i++) {
            if (random.nextBoolean()) {
                bytes[i] = (byte) (random.nextBoolean() ? 0xff : random.nextInt(256));
            }
        }
        return bytes;
    }

    private byte[] replaced(byte[] original, Pattern what, List<String> odd) {
        String text = new String(original, StandardCharsets.ISO_8859_1);
        List<MatchResult> found = what.matcher(text).results().limit(4000).toList();
        if (found.isEmpty()) {
            return flipped(original);
        }
        MatchResult place = found.get(random.nextInt(found.size()));
        byte[] put = odd.get(random.nextInt(odd.size())).getBytes(StandardCharsets.UTF_8);
        return join(
                join(Arrays.copyOf(original, place.start()), put),
                Arrays.copyOfRange(original, place.end(), original.length));
    }

    private byte[] swappedLines(byte[] original) {
        String[] lines = new String(original, StandardCharsets.ISO_8859_1).split("\n", -1);
        int one = random.nextInt(lines.length);
        int other = random.nextInt(lines.length);
        String line = lines[one];
        lines[one] = lines[other];
        lines[other] = line;
        return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    private int place(byte[] bytes) {
        return bytes.length == 0 ? 0 : random.nextInt(bytes.length);
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
