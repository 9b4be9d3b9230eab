package io.buckbench.data.jinja;

import io.buckbench.data.jinja.Statement.Next;
import io.buckbench.data.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses a template into a statement. */
final class Parser {
  private static final List<String> TAGS =
      List.of("if", "for", "set", "macro", "generation", "break", "continue");

  private final Tokens tokens;
  private final ExpressionParser expressions;
  private int loops;

  private Parser(Tokens tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
  }

  /**
   * Parses a template.
   *
   * @throws Failure with the line, if it is malformed or has a tag, filter or test that is not
   *     supported
   */
  static Statement parse(String template) {
    Parser parser = new Parser(new Tokens(Lexer.tokens(template)));
    Statement whole = parser.until(List.of());
    if (parser.tokens.peek().kind() != Kind.END) {
      throw parser.tokens.unexpected("text or a tag");
    }
    return whole;
  }

  /** The statements up to one of some tags, or to the end. */
  private Statement until(List<String> ends) {
    tokens.enter();
    List<Statement> statements = new ArrayList<>();
    while (tokens.peek().kind() != Kind.END && !tokens.isTag(ends)) {
      int line = tokens.peek().line();
      statements.add(statement().in(line));
    }
    tokens.leave();
    return Statement.all(statements);
  }

  /** The statements up to an end tag, which is taken. */
  private Statement body(String end) {
    Statement body = until(List.of(end));
    end(end);
    return body;
  }

  private void end(String tag) {
    if (!tokens.isTag(List.of(tag))) {
      throw tokens.unexpected("{% " + tag + " %}");
    }
    tokens.next();
    tokens.next();
    tokens.require(Kind.TAG_END);
  }

  private Statement statement() {
    Token token = tokens.next();
    switch (token.kind()) {
      case TEXT:
        return (scope, output) -> {
          output.add(token.text());
          return Next.STATEMENT;
        };
      case OUTPUT_BEGIN:
        Expression value = expressions.list();
        tokens.require(Kind.OUTPUT_END);
        return (scope, output) -> {
          output.add(Values.text(value.value(scope)));
          return Next.STATEMENT;
        };
      default:
        return tag(tokens.peek(), tokens.require(Kind.NAME));
    }
  }

  private Statement tag(Token at, String name) {
    switch (name) {
      case "if":
        return condition();
      case "for":
        return loop();
      case "set":
        return assignment();
      case "macro":
        return macro();
      case "generation":
        // Marks what the assistant says; the text is the same.
        tokens.require(Kind.TAG_END);
        return body("endgeneration");
      case "break", "continue":
        if (loops == 0) {
          throw new Failure(at.line(), name + " outside a loop", "a loop around it");
        }
        tokens.require(Kind.TAG_END);
        Next next = name.equals("break") ? Next.AFTER_LOOP : Next.ITERATION;
        return (scope, output) -> next;
      default:
        throw new Failure(at.line(), "the tag " + name, "one of " + TAGS);
    }
  }

  private Statement condition() {
    Expression condition = expressions.list();
    tokens.require(Kind.TAG_END);
    Statement yes = until(List.of("elif", "else", "endif"));
    Statement no = Statement.all(List.of());
    if (tokens.isTag(List.of("elif"))) {
      tokens.next();
      int line = tokens.next().line();
      tokens.enter();
      no = condition().in(line);
      tokens.leave();
    } else {
      if (tokens.isTag(List.of("else"))) {
        end("else");
        no = until(List.of("endif"));
      }
      end("endif");
    }
    Statement otherwise = no;
    return (scope, output) ->
        (Values.isTrue(condition.value(scope)) ? yes : otherwise).run(scope, output);
  }

  private Statement loop() {
    Target target = target();
    if (!tokens.takeName("in")) {
      throw tokens.unexpected("'in'");
    }
    Expression over = expressions.unconditional();
    Expression filter = tokens.takeName("if") ? expressions.expression() : scope -> true;
    tokens.require(Kind.TAG_END);
    loops++;
    Statement body = until(List.of("else", "endfor"));
    loops--;
    Statement none = Statement.all(List.of());
    if (tokens.isTag(List.of("else"))) {
      end("else");
      none = until(List.of("endfor"));
    }
    end("endfor");
    Statement otherwise = none;
    return (scope, output) -> {
      List<Object> items = new ArrayList<>();
      for (Object item : Values.items(over.value(scope))) {
        Scope tried = scope.inner();
        target.set(tried, item);
        if (Values.isTrue(filter.value(tried))) {
          items.add(item);
        }
      }
      Loop loop = new Loop(items);
      for (int i = 0; i < items.size(); i++) {
        Scope inner = scope.inner();
        loop.to(i);
        inner.set("loop", loop);
        target.set(inner, items.get(i));
        if (body.run(inner, output) == Next.AFTER_LOOP) {
          break;
        }
      }
      return items.isEmpty() ? otherwise.run(scope, output) : Next.STATEMENT;
    };
  }

  private Statement assignment() {
    Target target = target();
    if (tokens.takeOperator("=")) {
      Expression value = expressions.list();
      tokens.require(Kind.TAG_END);
      return (scope, output) -> {
        target.set(scope, value.value(scope));
        return Next.STATEMENT;
      };
    }
    // A block: what it writes is the value.
    Expression[] written = {scope -> scope.get("written by a block")};
    while (tokens.isOperator("|")) {
      written[0] = expressions.filter(written[0]);
    }
    tokens.require(Kind.TAG_END);
    Statement body = body("endset");
    return (scope, output) -> {
      Output own = new Output();
      Scope inner = scope.inner();
      body.run(inner, own);
      inner.set("written by a block", own.toString());
      target.set(scope, written[0].value(inner));
      return Next.STATEMENT;
    };
  }

  private Statement macro() {
    String name = tokens.require(Kind.NAME);
    Map<String, Expression> parameters = new LinkedHashMap<>();
    tokens.requireOperator("(");
    while (!tokens.takeOperator(")")) {
      String parameter = tokens.require(Kind.NAME);
      parameters.put(
          parameter,
          tokens.takeOperator("=") ? expressions.expression() : scope -> new Undefined(parameter));
      if (!tokens.isOperator(")")) {
        tokens.requireOperator(",");
      }
    }
    tokens.require(Kind.TAG_END);
    int around = loops;
    loops = 0;
    Statement body = body("endmacro");
    loops = around;
    return (scope, output) -> {
      Function macro =
          (given, caller) -> {
            given.atMost(parameters.size(), parameters.keySet().toArray(String[]::new));
            Scope inner = scope.called(caller);
            int position = 0;
            for (Map.Entry<String, Expression> parameter : parameters.entrySet()) {
              String key = parameter.getKey();
              Object value =
                  given.find(position++, key).orElseGet(() -> parameter.getValue().value(inner));
              inner.set(key, value);
            }
            Output own = new Output();
            body.run(inner, own);
            return own.toString();
          };
      scope.set(name, macro);
      return Next.STATEMENT;
    };
  }

  /** What an assignment or a loop sets. */
  @FunctionalInterface
  private interface Target {
    void set(Scope scope, Object value);
  }

  /** A name, an attribute of a namespace, or several names that share the items of a list. */
  private Target target() {
    boolean enclosed = tokens.takeOperator("(");
    List<Target> targets = new ArrayList<>(List.of(one()));
    while (tokens.takeOperator(",")) {
      targets.add(one());
    }
    if (enclosed) {
      tokens.requireOperator(")");
    }
    if (targets.size() == 1) {
      return targets.get(0);
    }
    return (scope, value) -> {
      List<Object> items = Values.items(value);
      if (items.size() != targets.size()) {
        throw new Failure(
            items.size() + " values for " + targets.size() + " names", "as many as names");
      }
      for (int i = 0; i < items.size(); i++) {
        targets.get(i).set(scope, items.get(i));
      }
    };
  }

  private Target one() {
    String name = tokens.require(Kind.NAME);
    if (!tokens.takeOperator(".")) {
      return (scope, value) -> scope.set(name, value);
    }
    String attribute = tokens.require(Kind.NAME);
    return (scope, value) -> {
      if (!(scope.get(name) instanceof Namespace namespace)) {
        throw new Failure(
            "an assignment to " + name + "." + attribute, "a namespace before the dot");
      }
      namespace.set(attribute, value);
    };
  }
}
