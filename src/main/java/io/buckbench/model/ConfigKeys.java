package io.buckbench.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.buckbench.input.Problems;

/** Typed access to a config.json that notes every problem instead of stopping at the first. */
public final class ConfigKeys {
  private static final String MEND = "mend the file, or choose another model";
  private final JsonNode json;
  private final String where;
  private final Problems problems = new Problems();

  ConfigKeys(JsonNode json, String where) {
    this.json = json;
    this.where = where;
  }

  /** A whole number without which no shape is known. */
  public int required(String key) {
    if (!json.has(key)) {
      problems.add(where + " key " + key, "nothing", "a whole number", MEND);
      return 1;
    }
    return integer(key, 1);
  }

  /** A whole number, or the default where the key is missing or null. */
  public int integer(String key, int otherwise) {
    JsonNode value = json.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.canConvertToInt() || !value.isIntegralNumber()) {
      problems.add(where + " key " + key, value.toString(), "a whole number", MEND);
      return otherwise;
    }
    return value.intValue();
  }

  /** A number, or the default. */
  public double number(String key, double otherwise) {
    JsonNode value = json.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isNumber()) {
      problems.add(where + " key " + key, value.toString(), "a number", MEND);
      return otherwise;
    }
    return value.doubleValue();
  }

  /** A truth value, or the default. */
  public boolean flag(String key, boolean otherwise) {
    JsonNode value = json.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      problems.add(where + " key " + key, value.toString(), "true or false", MEND);
      return otherwise;
    }
    return value.booleanValue();
  }

  /** A key whose other values would change the computation in ways we do not follow. */
  public void mustBe(String key, Object supported) {
    JsonNode value = json.path(key);
    if (!value.isMissingNode() && !value.asText().equals(supported.toString())) {
      problems.add(where + " key " + key, value.toString(), supported + "", MEND);
    }
  }

  /** Throws every problem that was noted. */
  public void throwIfAny() {
    problems.throwIfAny();
  }
}
