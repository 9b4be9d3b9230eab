package io.buckbench.data.jinja;

import io.buckbench.input.InvalidInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;

/** A template of text, in the part of the Jinja language that chat templates use. */
public final class JinjaTemplate {
  private static final String TODO = "use another model, or prompt without its template";
  private static final long MOST_NUMBERS = 100_000;

  private static final Map<String, Object> GLOBALS =
      Map.of(
          "namespace", (Function) (given, caller) -> namespace(given),
          "dict", (Function) (given, caller) -> new LinkedHashMap<Object, Object>(given.named()),
          "range", (Function) (given, caller) -> range(given),
          "raise_exception", (Function) (given, caller) -> raise(given),
          "strftime_now", (Function) (given, caller) -> today());

  private final String where;
  private final Statement statement;

  private JinjaTemplate(String where, Statement statement) {
    this.where = where;
    this.statement = statement;
  }

  /**
   * Parses a template.
   *
   * @param where the file, and the key in it if there is one, for messages
   * @throws InvalidInputException with the line, if it is malformed or has a tag, filter or test
   *     that is not supported
   */
  public static JinjaTemplate parse(String where, String template) {
    try {
      return new JinjaTemplate(where, Parser.parse(template));
    } catch (Failure e) {
      throw invalid(where, e);
    }
  }

  /**
   * Writes the text.
   *
   * @param variables the values that the template can use
   * @throws InvalidInputException with the line, for a value that the template cannot use, or a
   *     call of {@code raise_exception}
   */
  public String render(Map<String, Object> variables) {
    Map<String, Object> all = new HashMap<>(GLOBALS);
    all.putAll(variables);
    Output output = new Output();
    try {
      statement.run(new Scope(all), output);
    } catch (Failure e) {
      throw invalid(where, e);
    } catch (StackOverflowError e) {
      throw invalid(where, new Failure(1, "values within values without end", "fewer levels"));
    }
    return output.toString();
  }

  private static InvalidInputException invalid(String where, Failure failure) {
    return new InvalidInputException(
        where + ", line " + failure.line() + " of the template",
        failure.getMessage(),
        failure.expected(),
        TODO);
  }

  private static Object namespace(Arguments given) {
    given.atMostPositional(0);
    return new Namespace(given.named());
  }

  private static Object range(Arguments given) {
    given.atMostPositional(3);
    boolean one = given.positional().size() == 1;
    long from = one ? 0 : Values.whole(given.required(0, "start"));
    long to = Values.whole(given.required(one ? 0 : 1, "stop"));
    long step = Values.whole(given.get(2, "step", 1L));
    if (step == 0 || Math.abs((to - from) / step) > MOST_NUMBERS) {
      throw new Failure(
          "a range from " + from + " to " + to + " by " + step, "at most " + MOST_NUMBERS);
    }
    return new ArrayList<Object>(
        LongStream.iterate(from, at -> step > 0 ? at < to : at > to, at -> at + step)
            .boxed()
            .toList());
  }

  private static Object raise(Arguments given) {
    throw new Failure(
        "a conversation that the template refuses: " + Values.text(given.get(0, "message", "")),
        "one that it accepts");
  }

  private static Object today() {
    throw new Failure(
        "strftime_now, today's date, which would make a prompt of each day another",
        "a given date: the template's variable for it, such as date_string=26 Jul 2024");
  }
}
