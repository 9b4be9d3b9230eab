package io.buckbench.data.jinja;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Python's operators of two values. */
final class Operators {
  private static final int MOST_POWER = 64;

  private Operators() {}

  /** A value of two values. */
  @FunctionalInterface
  interface Operator {
    Object of(Object left, Object right);
  }

  /** Those that compute. */
  static final Map<String, Operator> COMPUTING =
      Map.of(
          "+",
          Operators::sum,
          "-",
          (a, b) -> number("-", a, b, Math::subtractExact, (x, y) -> x - y),
          "*",
          Operators::product,
          "/",
          (a, b) -> Values.real(require("/", a)) / notZero(Values.real(require("/", b))),
          "//",
          (a, b) -> number("//", a, b, Math::floorDiv, (x, y) -> Math.floor(x / y)),
          "%",
          Operators::remainder,
          "**",
          Operators::power,
          "~",
          (a, b) -> joined(Values.text(a), Values.text(b)));

  /** Those that are true or false, and may be chained. */
  static final Map<String, Operator> COMPARING =
      Map.of(
          "==", Values::equal,
          "!=", (a, b) -> !Values.equal(a, b),
          "<", (a, b) -> Values.compare(a, b) < 0,
          "<=", (a, b) -> Values.compare(a, b) <= 0,
          ">", (a, b) -> Values.compare(a, b) > 0,
          ">=", (a, b) -> Values.compare(a, b) >= 0,
          "in", Operators::isIn,
          "not in", (a, b) -> !isIn(a, b));

  private interface Whole {
    long of(long left, long right);
  }

  private interface Real {
    double of(double left, double right);
  }

  static boolean isIn(Object item, Object container) {
    if (container instanceof String text) {
      return text.contains(Values.requireText(item));
    }
    if (container instanceof Map<?, ?> map) {
      return map.containsKey(item);
    }
    return Values.items(container).stream().anyMatch(other -> Values.equal(item, other));
  }

  private static Object sum(Object left, Object right) {
    if (left instanceof String a && right instanceof String b) {
      return joined(a, b);
    }
    boolean alike = left instanceof Tuple == right instanceof Tuple;
    if (left instanceof List<?> a && right instanceof List<?> b && alike) {
      Output.requireShort((long) a.size() + b.size());
      List<Object> both = new ArrayList<>(a);
      both.addAll(b);
      return left instanceof Tuple ? new Tuple(both) : both;
    }
    return number("+", left, right, Math::addExact, (x, y) -> x + y);
  }

  private static String joined(String left, String right) {
    Output.requireShort((long) left.length() + right.length());
    return left + right;
  }

  private static Object product(Object left, Object right) {
    if (left instanceof String text && right instanceof Long times) {
      long count = Math.max(0, times);
      Output.requireShort(count);
      Output.requireShort(text.length() * count);
      return text.repeat((int) count);
    }
    if (left instanceof Long && right instanceof String) {
      return product(right, left);
    }
    return number("*", left, right, Math::multiplyExact, (x, y) -> x * y);
  }

  private static Object remainder(Object left, Object right) {
    if (left instanceof String) {
      throw new Failure("a text before %", "numbers; texts are joined with ~");
    }
    return number("%", left, right, Math::floorMod, (x, y) -> x - y * Math.floor(x / y));
  }

  private static Object power(Object left, Object right) {
    if (left instanceof Long base && right instanceof Long times && times >= 0) {
      if (times > MOST_POWER) {
        throw new Failure("a power of " + times, "at most " + MOST_POWER);
      }
      try {
        return BigInteger.valueOf(base).pow(times.intValue()).longValueExact();
      } catch (ArithmeticException e) {
        throw tooLarge();
      }
    }
    return Math.pow(Values.real(require("**", left)), Values.real(require("**", right)));
  }

  private static Object number(String sign, Object left, Object right, Whole whole, Real real) {
    require(sign, left);
    require(sign, right);
    if (sign.equals("//") || sign.equals("%")) {
      notZero(Values.real(right));
    }
    if (left instanceof Double || right instanceof Double) {
      return real.of(Values.real(left), Values.real(right));
    }
    try {
      return whole.of(Values.whole(left), Values.whole(right));
    } catch (ArithmeticException e) {
      throw tooLarge();
    }
  }

  private static Object require(String sign, Object value) {
    if (!Values.isNumber(value)) {
      throw new Failure(Values.kind(value) + " with the operator " + sign, "two numbers");
    }
    return value;
  }

  private static double notZero(double divisor) {
    if (divisor == 0) {
      throw new Failure("a division by 0", "another divisor");
    }
    return divisor;
  }

  private static Failure tooLarge() {
    return new Failure("a number beyond 64 bits", "a smaller number");
  }
}
