package io.buckbench.record;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.buckbench.data.Split;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The row of a suite that declares a configuration. Columns that the program reads after a trial
 * have typed accessors; {@link #value} is for a column that a user names. In JSON it is an object
 * with a key for each column.
 *
 * @param columns column name to value, in the suite's order; a milestone also has {@code served_by}
 */
public record Declaration(@JsonValue Map<String, String> columns) {
  /** The method that evaluates the base model without training. */
  public static final String NONE = "none";

  /** The baseline that gives the commonest answer of training to every question. */
  public static final String MAJORITY = "majority";

  /** The baseline that answers yes to every question; for data with this answer. */
  public static final String ALL_YES = "all-yes";

  /** The column of the row's id, unique in its suite. */
  public static final String ID = "id";

  /** The column of the base model's id. */
  public static final String MODEL = "model";

  /** The column of the number of test items. */
  public static final String TEST_ITEMS = "test_items";

  /** The column of the seeds; each is one trial. */
  public static final String SEEDS = "seeds";

  /**
   * The optional column of the number of training examples that are shown to an untouched model
   * before each question.
   */
  public static final String SHOTS = "shots";

  /** The column of a free-text note. */
  public static final String NOTE = "note";

  /** The optional column of milestones: smaller budgets that the row's training also serves. */
  public static final String MILESTONES = "milestones_usd";

  /** The column that a milestone has in addition: the row whose training served it. */
  public static final String SERVED_BY = "served_by";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Declaration {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /** The value of any column; the empty string if the row does not have it. */
  public String value(String column) {
    return columns.getOrDefault(column, "");
  }

  /** {@link #NONE}, a {@link #isBaseline baseline}, {@code full}, or the name of a PEFT method. */
  public String method() {
    return value("method");
  }

  /** Whether a method gives the same answer to every question and needs no model. */
  public static boolean isBaseline(String method) {
    return method.equals(MAJORITY) || method.equals(ALL_YES);
  }

  /** The number of training examples that are shown to an untouched model; usually 0. */
  public int shots() {
    String shots = value(SHOTS);
    return shots.isEmpty() ? 0 : Integer.parseInt(shots);
  }

  /** The base model's id; the empty string if none is needed. */
  public String model() {
    return value(MODEL);
  }

  /** The split of the data that the model is evaluated on. */
  public Split split() {
    return Split.of(columns);
  }

  /** The peak learning rate, as written in the suite; the empty string if nothing is trained. */
  public String learningRate() {
    return value("learning_rate");
  }

  /** Id of the recorded throughput that plans the steps; the empty string if there is none. */
  public String throughput() {
    return value("throughput");
  }

  /** For a milestone, the id of the row whose training served it. */
  public Optional<String> servedBy() {
    return Optional.ofNullable(columns.get(SERVED_BY));
  }

  /** The columns that affect the results of a trial: all except the seeds and the note. */
  public Map<String, String> inputs() {
    Map<String, String> inputs = new LinkedHashMap<>(columns);
    inputs.keySet().removeAll(List.of(SEEDS, NOTE));
    return inputs;
  }

  /** The inputs that are not blank, without the row's id. */
  public Map<String, String> settings() {
    Map<String, String> settings = inputs();
    settings.remove(ID);
    settings.values().removeIf(String::isBlank);
    return settings;
  }

  /** A milestone of this row: another id and budget, served by this row's training. */
  public Declaration milestone(String id, BigDecimal usd) {
    Map<String, String> row = new LinkedHashMap<>(columns);
    row.put(ID, id);
    row.put("usd", usd.toPlainString());
    row.put(MILESTONES, "");
    row.put(SERVED_BY, value(ID));
    return new Declaration(row);
  }
}
