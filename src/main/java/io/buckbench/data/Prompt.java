package io.buckbench.data;

import io.buckbench.input.InputText;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problem;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Converts an example to a text that is continued with its answer. A prompt is never edited, since
 * results under different texts cannot be compared; a new text gets a new id.
 *
 * <p>A file holds one prompt: a line {@code cut: FIELD} with the field that loses words when a
 * prompt is too long, or {@code cut: none}; further lines {@code name: value} for readers, such as
 * {@code source}; a line {@code ---}; and the text. The last line break of the file is not part of
 * the text.
 *
 * @param id the name that a suite uses
 * @param template the text, with {@code {field}} for the text of a field. It may end in {@code
 *     {answer}}; white space before that is part of the answer. Without it, the answer is preceded
 *     by a space
 * @param cut the field that loses words at its end; empty if none may
 */
public record Prompt(String id, String template, String cut) {
  /** The end of a prompt's file name. */
  public static final String FILE_END = ".txt";

  private static final String ANSWER = "{answer}";
  private static final String CUT = "cut:";
  private static final String NONE = "none";
  private static final String HEAD_END = "---\n";
  private static final Pattern FIELD = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_-]*)}");

  /**
   * @throws InvalidInputException if the template has no field, {@code {answer}} before its end, or
   *     the field to cut not exactly once
   */
  public Prompt {
    String where = "prompt " + id;
    String shown = before(template);
    if (shown.contains(ANSWER)) {
      throw new InvalidInputException(
          where, ANSWER + " before the end", ANSWER + " at the end, or nowhere", "move it");
    }
    Set<String> fields = fields(shown);
    if (fields.isEmpty()) {
      throw new InvalidInputException(
          where, "no field", "the columns to show, such as {question}", "add them to the text");
    }
    int times = shown.split(Pattern.quote("{" + cut + "}"), -1).length - 1;
    if (!cut.isEmpty() && times != 1) {
      throw new InvalidInputException(
          where,
          "the field to cut, {" + cut + "}, " + times + " times",
          "once; the text has " + fields,
          "name another field after " + CUT + ", or " + CUT + " " + NONE);
    }
  }

  /**
   * Reads a prompt from its file, whose name without extension is its id.
   *
   * @throws InvalidInputException if it is missing or malformed
   */
  public static Prompt read(Path file) {
    String name = file.getFileName().toString();
    String text = InputText.read(file, "a prompt", "check the name of the prompt");
    text = text.replace("\r\n", "\n");
    int head = text.startsWith(HEAD_END) ? 0 : text.indexOf("\n" + HEAD_END) + 1;
    String cut = "";
    for (String line : text.substring(0, head).split("\n")) {
      cut = line.startsWith(CUT) ? line.substring(CUT.length()).strip() : cut;
    }
    if (cut.isEmpty()) {
      throw new InvalidInputException(
          file + ":1",
          "no line '" + CUT + " FIELD' before a line " + HEAD_END.strip(),
          "the field that loses words when a prompt is too long, or " + NONE,
          "begin the file with " + CUT + ", then " + HEAD_END.strip() + ", then the text");
    }
    String template = text.substring(head + HEAD_END.length());
    try {
      return new Prompt(
          name.endsWith(FILE_END) ? name.substring(0, name.length() - FILE_END.length()) : name,
          template.endsWith("\n") ? template.substring(0, template.length() - 1) : template,
          cut.equals(NONE) ? "" : cut);
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          e.problems().stream()
              .map(p -> new Problem(file.toString(), p.found(), p.expected(), p.todo()))
              .toList());
    }
  }

  /** The fields that the text shows, in order. */
  public Set<String> fields() {
    return fields(before(template));
  }

  private static Set<String> fields(String text) {
    Set<String> fields = new LinkedHashSet<>();
    Matcher matcher = FIELD.matcher(text);
    while (matcher.find()) {
      fields.add(matcher.group(1));
    }
    return fields;
  }

  /** The template without {@code {answer}} and the white space before it. */
  private static String before(String template) {
    return template.endsWith(ANSWER)
        ? template.substring(0, template.length() - ANSWER.length()).stripTrailing()
        : template;
  }

  /** The text for an example. */
  public String text(Example example) {
    return text(example, UnaryOperator.identity());
  }

  /** The text for an example whose field to cut is shortened. */
  public String text(Example example, UnaryOperator<String> shortened) {
    // Filled in one pass, since a text may contain what looks like a field.
    Matcher matcher = FIELD.matcher(before(template));
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1);
      String field = example.field(name);
      String shown = name.equals(cut) ? shortened.apply(field) : field;
      matcher.appendReplacement(text, Matcher.quoteReplacement(shown));
    }
    return matcher.appendTail(text).toString();
  }

  /** An answer as the continuation of the text, with the white space before it. */
  public String target(String word) {
    return template.endsWith(ANSWER)
        ? template.substring(before(template).length(), template.length() - ANSWER.length()) + word
        : " " + word;
  }

  /**
   * Requires that an example has the fields.
   *
   * @throws InvalidInputException naming the example and the missing fields
   */
  void requireFields(Example example) {
    Map<String, String> has = example.fields();
    Set<String> missing = new LinkedHashSet<>(fields());
    missing.removeIf(name -> !has.getOrDefault(name, "").isBlank());
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          example.id(),
          "no text of " + missing + ", only of " + has.keySet(),
          "the fields of prompt " + id,
          "use a prompt with these columns, or rename them in column fields of datasets.csv");
    }
  }
}
