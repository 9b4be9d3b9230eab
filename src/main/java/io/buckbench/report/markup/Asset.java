package io.buckbench.report.markup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A style sheet or script of ours, written as it is.
 *
 * @param element {@code style} or {@code script}
 * @param content the content, which must not close the element
 */
public record Asset(String element, String content) implements Node {
  /**
   * @throws IllegalArgumentException if the content would close its element
   */
  public Asset {
    if (content.contains("</")) {
      throw new IllegalArgumentException("a " + element + " that contains an end tag");
    }
  }

  /** The text of a resource next to a class. */
  public static String read(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name + " next to " + beside.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  @Override
  public void appendTo(StringBuilder out) {
    out.append('<').append(element).append('>').append(content);
    out.append("</").append(element).append('>');
  }
}
