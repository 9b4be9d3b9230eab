package io.buckbench.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An amount of memory on the command line, such as {@code 2GB} or {@code 512MiB}.
 *
 * @param bytes the number of bytes
 */
record MemorySize(double bytes) {
  private static final Pattern FORM =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([kmgt]?)(i?)b?", Pattern.CASE_INSENSITIVE);

  /** Reads it; decimal units such as {@code MB}, binary ones such as {@code MiB}, or bytes. */
  static final class Reader implements ITypeConverter<MemorySize> {
    @Override
    public MemorySize convert(String text) {
      Matcher parts = FORM.matcher(text.strip());
      if (!parts.matches() || Double.parseDouble(parts.group(1)) == 0) {
        throw new TypeConversionException(
            "found '" + text + "', expected an amount above 0 such as 2GB, 512MiB or 1000000");
      }
      double unit = parts.group(3).isEmpty() ? 1000 : 1024;
      int power = "kmgt".indexOf(parts.group(2).toLowerCase(Locale.ROOT)) + 1;
      double factor = parts.group(2).isEmpty() ? 1 : Math.pow(unit, power);
      return new MemorySize(Double.parseDouble(parts.group(1)) * factor);
    }
  }
}
