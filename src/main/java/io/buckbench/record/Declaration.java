package io.buckbench.record;

import io.buckbench.data.Split;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The row of a suite that declares a configuration. Each column that is read after a trial has a
 * typed accessor here; {@link #value} is for a column that a user names.
 *
 * @param columns column to value, in the suite's order; a milestone also has the row that served it
 */
public record Declaration(Map<String, String> columns) {
  /** The method that leaves the base model untouched. */
  public static final String NONE = "none";

  /** The method that needs no model and answers yes to every question. */
  public static final String ALL_YES = "all-yes";

  /** The column of the row's name, unique in its suite. */
  public static final String ID = "id";

  /** The column of the base model's id. */
  public static final String MODEL = "model";

  /** The column of the seeds, one trial each. */
  public static final String SEEDS = "seeds";

  /** The column of a remark for people. */
  public static final String NOTE = "note";

  /** The optional column of smaller budgets that the row's training serves too. */
  public static final String MILESTONES = "milestones_usd";

  private static final String SERVED_BY = "served_by";

  public Declaration {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /** The value of any column; the empty string where the row does not have it. */
  public String value(String column) {
    return columns.getOrDefault(column, "");
  }

  /** What is done to the model: {@link #NONE}, {@link #ALL_YES}, or the name of a PEFT method. */
  public String method() {
    return value("method");
  }

  /** The base model's id; the empty string where none is needed. */
  public String model() {
    return value(MODEL);
  }

  /** Which part of the data is asked. */
  public Split split() {
    return Split.of(columns);
  }

  /** The highest learning rate, spelled as in the suite; the empty string where nothing trains. */
  public String learningRate() {
    return value("learning_rate");
  }

  /** Id of the recorded speed that plans the steps; the empty string where the row names none. */
  public String throughput() {
    return value("throughput");
  }

  /** For a milestone, the id of the row whose training served it. */
  public Optional<String> servedBy() {
    return Optional.ofNullable(columns.get(SERVED_BY));
  }

  /** The columns that enter one trial's numbers: all but the seeds and the note. */
  public Map<String, String> inputs() {
    Map<String, String> inputs = new LinkedHashMap<>(columns);
    inputs.keySet().removeAll(List.of(SEEDS, NOTE));
    return inputs;
  }

  /** The inputs that have a value, without the row's name. */
  public Map<String, String> settings() {
    Map<String, String> settings = inputs();
    settings.remove(ID);
    settings.values().removeIf(String::isBlank);
    return settings;
  }

  /** The same row as a milestone of its own training: another name and budget. */
  public Declaration milestone(String name, BigDecimal usd) {
    Map<String, String> row = new LinkedHashMap<>(columns);
    row.put(ID, name);
    row.put("usd", usd.toPlainString());
    row.put(MILESTONES, "");
    row.put(SERVED_BY, value(ID));
    return new Declaration(row);
  }
}
