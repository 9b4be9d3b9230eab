package io.buckbench.report.markup;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An element of HTML or SVG. Text and the values of attributes are escaped when it is written, so
 * that no text from data can become markup.
 */
public final class Element implements Node {
  /** Elements that are written without an end tag. */
  private static final Set<String> EMPTY =
      Set.of("br", "hr", "link", "meta", "line", "rect", "circle", "path", "polygon", "polyline");

  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<Node> children = new ArrayList<>();

  private Element(String name) {
    this.name = name;
  }

  /** An element without attributes. */
  public static Element of(String name) {
    return new Element(name);
  }

  /** An element that contains a text. */
  public static Element of(String name, String words) {
    return new Element(name).text(words);
  }

  /** Sets an attribute. */
  public Element set(String attribute, String value) {
    attributes.put(attribute, value);
    return this;
  }

  /** Sets an attribute to a number, rounded to two decimals. */
  public Element set(String attribute, double value) {
    return set(attribute, number(value));
  }

  /** Sets an attribute to a percentage, rounded to two decimals. */
  public Element percent(String attribute, double value) {
    return set(attribute, number(value) + "%");
  }

  /** Sets the CSS classes. */
  public Element css(String classes) {
    return set("class", classes);
  }

  /** Adds children. */
  public Element add(Node... nodes) {
    children.addAll(List.of(nodes));
    return this;
  }

  /** Adds children. */
  public Element add(List<? extends Node> nodes) {
    children.addAll(nodes);
    return this;
  }

  /** Adds a text. */
  public Element text(String words) {
    children.add(new Text(words));
    return this;
  }

  @Override
  public void appendTo(StringBuilder out) {
    out.append('<').append(name);
    attributes.forEach(
        (attribute, value) ->
            out.append(' ').append(attribute).append("=\"").append(Escapes.xml(value)).append('"'));
    if (EMPTY.contains(name)) {
      out.append("/>");
      return;
    }
    out.append('>');
    children.forEach(child -> child.appendTo(out));
    out.append("</").append(name).append('>');
  }

  /** The markup of this element. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    appendTo(out);
    return out.toString();
  }

  /** A number with at most two decimals, as CSS and SVG read it. */
  public static String number(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  private record Text(String words) implements Node {
    @Override
    public void appendTo(StringBuilder out) {
      out.append(Escapes.xml(words));
    }
  }
}
