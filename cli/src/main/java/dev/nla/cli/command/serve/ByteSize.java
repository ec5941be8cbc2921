package dev.nla.cli.command.serve;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a size: bytes, or with K, M, G or T behind the number 1024 times as many for each. */
final class ByteSize implements ITypeConverter<OptionalLong> {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})([KMGT]?)(I?B)?");
    private static final String UNITS = "KMGT";

    @Override
    public OptionalLong convert(String text) {
        Matcher size = SIZE.matcher(text.toUpperCase(Locale.ROOT));
        long number = size.matches() ? Long.parseLong(size.group(1)) : 0;
        int bits = number == 0 || size.group(2).isEmpty() ? 0 : 10 * (1 + UNITS.indexOf(size.group(2)));
        if (number == 0 || number > Long.MAX_VALUE >> bits) {
            throw new TypeConversionException("'" + text + "' is no size: give a number with K, M, G or T, such as 6G");
        }
        return OptionalLong.of(number << bits);
    }
}
