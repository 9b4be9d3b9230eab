package io.buckbench.data.jinja;

import io.buckbench.data.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses expressions, with Jinja's precedence. */
final class ExpressionParser {
  private static final List<String> COMPARING = List.of("==", "!=", "<", "<=", ">", ">=");
  private static final Expression NO_NUMBER = scope -> None.NONE;

  /** Names after {@code is} that are not the test's argument. */
  private static final List<String> AFTER_TEST = List.of("else", "or", "and", "if", "is", "not");

  private final Tokens tokens;

  ExpressionParser(Tokens tokens) {
    this.tokens = tokens;
  }

  /** An expression, or several separated by commas, which are a tuple. */
  Expression list() {
    Expression first = expression();
    if (!tokens.isOperator(",")) {
      return first;
    }
    List<Expression> items = new ArrayList<>(List.of(first));
    while (tokens.takeOperator(",") && !isEnd()) {
      items.add(expression());
    }
    return tupleOf(items);
  }

  private boolean isEnd() {
    return tokens.isOperator(")")
        || tokens.peek().kind() == Kind.TAG_END
        || tokens.peek().kind() == Kind.OUTPUT_END;
  }

  private static Expression tupleOf(List<Expression> items) {
    Expression list = listOf(items);
    return scope -> new Tuple(Values.items(list.value(scope)));
  }

  private static Expression listOf(List<Expression> items) {
    List<Expression> all = List.copyOf(items);
    return scope -> {
      List<Object> values = new ArrayList<>();
      all.forEach(item -> values.add(item.value(scope)));
      return values;
    };
  }

  /** An expression, perhaps with a condition after it. */
  Expression expression() {
    tokens.enter();
    Expression value = unconditional();
    while (tokens.takeName("if")) {
      Expression yes = value;
      Expression condition = unconditional();
      Expression no =
          tokens.takeName("else") ? expression() : scope -> new Undefined("a value without else");
      value = scope -> (Values.isTrue(condition.value(scope)) ? yes : no).value(scope);
    }
    tokens.leave();
    return value;
  }

  /** An expression without a condition after it. */
  Expression unconditional() {
    Expression value = conjunction();
    while (tokens.takeName("or")) {
      Expression left = value;
      Expression right = conjunction();
      value =
          scope -> {
            Object first = left.value(scope);
            return Values.isTrue(first) ? first : right.value(scope);
          };
    }
    return value;
  }

  private Expression conjunction() {
    Expression value = negation();
    while (tokens.takeName("and")) {
      Expression left = value;
      Expression right = negation();
      value =
          scope -> {
            Object first = left.value(scope);
            return Values.isTrue(first) ? right.value(scope) : first;
          };
    }
    return value;
  }

  private Expression negation() {
    if (!tokens.takeName("not")) {
      return comparison();
    }
    tokens.enter();
    Expression value = negation();
    tokens.leave();
    return scope -> !Values.isTrue(value.value(scope));
  }

  /** As in Python, {@code a < b < c} is {@code a < b and b < c}. */
  private Expression comparison() {
    Expression first = sum();
    List<Operators.Operator> operators = new ArrayList<>();
    List<Expression> others = new ArrayList<>();
    while (true) {
      String operator = comparing();
      if (operator.isEmpty()) {
        break;
      }
      operators.add(Operators.COMPARING.get(operator));
      others.add(sum());
    }
    if (operators.isEmpty()) {
      return first;
    }
    return scope -> {
      Object left = first.value(scope);
      for (int i = 0; i < others.size(); i++) {
        Object right = others.get(i).value(scope);
        if (!Values.isTrue(operators.get(i).of(left, right))) {
          return false;
        }
        left = right;
      }
      return true;
    };
  }

  private String comparing() {
    if (tokens.peek().kind() == Kind.OPERATOR && COMPARING.contains(tokens.peek().text())) {
      return tokens.next().text();
    }
    if (tokens.takeName("in")) {
      return "in";
    }
    if (tokens.isName("not")) {
      tokens.next();
      if (!tokens.takeName("in")) {
        throw tokens.unexpected("'in' after not");
      }
      return "not in";
    }
    return "";
  }

  private Expression sum() {
    Expression value = joined();
    while (tokens.isOperator("+", "-")) {
      value = computed(tokens.next().text(), value, joined());
    }
    return value;
  }

  private Expression joined() {
    Expression value = product();
    while (tokens.isOperator("~")) {
      value = computed(tokens.next().text(), value, product());
    }
    return value;
  }

  private Expression product() {
    Expression value = power();
    while (tokens.isOperator("*", "/", "//", "%")) {
      value = computed(tokens.next().text(), value, power());
    }
    return value;
  }

  private Expression power() {
    Expression value = signed(true);
    while (tokens.isOperator("**")) {
      value = computed(tokens.next().text(), value, signed(true));
    }
    return value;
  }

  private static Expression computed(String operator, Expression left, Expression right) {
    Operators.Operator compute = Operators.COMPUTING.get(operator);
    return scope -> compute.of(left.value(scope), right.value(scope));
  }

  private Expression signed(boolean withFilters) {
    Expression value;
    if (tokens.isOperator("-", "+")) {
      String sign = tokens.next().text();
      tokens.enter();
      Expression positive = signed(false);
      tokens.leave();
      value = computed(sign, scope -> 0L, positive);
    } else {
      value = primary();
    }
    value = postfix(value);
    return withFilters ? filtered(value) : value;
  }

  private Expression primary() {
    Token token = tokens.peek();
    switch (token.kind()) {
      case NAME:
        tokens.next();
        return named(token.text());
      case STRING:
        StringBuilder text = new StringBuilder();
        while (tokens.peek().kind() == Kind.STRING) {
          text.append(tokens.next().text());
        }
        String whole = text.toString();
        return scope -> whole;
      case INTEGER:
        tokens.next();
        long integer = integer(token);
        return scope -> integer;
      case FLOAT:
        tokens.next();
        double decimal = Double.parseDouble(token.text());
        return scope -> decimal;
      default:
        if (tokens.takeOperator("(")) {
          if (tokens.takeOperator(")")) {
            return tupleOf(List.of());
          }
          Expression inner = list();
          tokens.requireOperator(")");
          return inner;
        }
        if (tokens.takeOperator("[")) {
          return listOf(items());
        }
        if (tokens.takeOperator("{")) {
          return map();
        }
        throw tokens.unexpected("a value");
    }
  }

  private static long integer(Token token) {
    try {
      return Long.parseLong(token.text());
    } catch (NumberFormatException e) {
      throw new Failure(token.line(), token.text(), "a number of at most 64 bits");
    }
  }

  private static Expression named(String name) {
    return switch (name) {
      case "true", "True" -> scope -> true;
      case "false", "False" -> scope -> false;
      case "none", "None" -> scope -> None.NONE;
      default -> scope -> scope.get(name);
    };
  }

  private List<Expression> items() {
    List<Expression> items = new ArrayList<>();
    while (!tokens.takeOperator("]")) {
      items.add(expression());
      if (!tokens.isOperator("]")) {
        tokens.requireOperator(",");
      }
    }
    return items;
  }

  private Expression map() {
    List<Expression> keys = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!tokens.takeOperator("}")) {
      keys.add(expression());
      tokens.requireOperator(":");
      values.add(expression());
      if (!tokens.isOperator("}")) {
        tokens.requireOperator(",");
      }
    }
    return scope -> {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < keys.size(); i++) {
        map.put(keys.get(i).value(scope), values.get(i).value(scope));
      }
      return map;
    };
  }

  private Expression postfix(Expression value) {
    Expression result = value;
    while (true) {
      if (tokens.takeOperator(".")) {
        Expression of = result;
        if (tokens.peek().kind() == Kind.INTEGER) {
          long index = integer(tokens.next());
          result = scope -> Values.item(of.value(scope), index);
        } else {
          String name = tokens.require(Kind.NAME);
          result = scope -> Values.attribute(of.value(scope), name);
        }
      } else if (tokens.takeOperator("[")) {
        result = subscript(result);
      } else if (tokens.isOperator("(")) {
        result = call(result);
      } else {
        return result;
      }
    }
  }

  private Expression subscript(Expression of) {
    Expression[] parts = {NO_NUMBER, NO_NUMBER, NO_NUMBER};
    int part = 0;
    while (!tokens.takeOperator("]")) {
      if (tokens.takeOperator(":") && part < 2) {
        part++;
      } else {
        parts[part] = expression();
      }
    }
    if (part > 0) {
      return scope ->
          Values.slice(
              of.value(scope), parts[0].value(scope), parts[1].value(scope), parts[2].value(scope));
    }
    if (parts[0] == NO_NUMBER) {
      throw tokens.unexpected("a key or index in the brackets before it");
    }
    return scope -> Values.item(of.value(scope), parts[0].value(scope));
  }

  private Expression call(Expression of) {
    Arguments.Written given = arguments();
    return scope -> {
      Object function = of.value(scope);
      if (function instanceof Function callable) {
        return callable.call(given.values(scope), scope);
      }
      throw new Failure("a call of " + Values.kind(function), "a function");
    };
  }

  private Arguments.Written arguments() {
    List<Expression> positional = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    tokens.requireOperator("(");
    while (!tokens.takeOperator(")")) {
      Token first = tokens.peek();
      Expression value = expression();
      if (first.kind() == Kind.NAME && tokens.takeOperator("=")) {
        named.put(first.text(), expression());
      } else if (named.isEmpty()) {
        positional.add(value);
      } else {
        throw tokens.unexpected("arguments with names after the others");
      }
      if (!tokens.isOperator(")")) {
        tokens.requireOperator(",");
      }
    }
    return new Arguments.Written(positional, named);
  }

  private Expression filtered(Expression value) {
    Expression result = value;
    while (true) {
      if (tokens.isOperator("|")) {
        result = filter(result);
      } else if (tokens.takeName("is")) {
        result = check(result);
      } else if (tokens.isOperator("(")) {
        result = call(result);
      } else {
        return result;
      }
    }
  }

  /** A filter, with the bar before it. */
  Expression filter(Expression value) {
    tokens.requireOperator("|");
    Token name = tokens.peek();
    Filters.Filter filter = Filters.named(tokens.require(Kind.NAME), name.line());
    Arguments.Written given = tokens.isOperator("(") ? arguments() : Arguments.Written.NONE;
    return scope -> filter.of(value.value(scope), given.values(scope));
  }

  private Expression check(Expression value) {
    boolean wanted = !tokens.takeName("not");
    Token name = tokens.next();
    Checks.Check check = Checks.named(name.text(), name.line());
    Arguments.Written given = Arguments.Written.NONE;
    if (tokens.isOperator("(")) {
      given = arguments();
    } else if (beginsArgument()) {
      given = new Arguments.Written(List.of(postfix(primary())), Map.of());
    }
    Arguments.Written written = given;
    return scope -> check.of(value.value(scope), written.values(scope)) == wanted;
  }

  private boolean beginsArgument() {
    return switch (tokens.peek().kind()) {
      case NAME -> !AFTER_TEST.contains(tokens.peek().text());
      case STRING, INTEGER, FLOAT -> true;
      default -> tokens.isOperator("[", "{");
    };
  }
}
