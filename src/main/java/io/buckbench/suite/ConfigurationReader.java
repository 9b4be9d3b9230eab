package io.buckbench.suite;

import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.Throughput;
import io.buckbench.data.ChatSettings;
import io.buckbench.data.Prompt;
import io.buckbench.data.Split;
import io.buckbench.input.CsvRow;
import io.buckbench.input.InvalidInputException;
import io.buckbench.peft.MethodConfig;
import io.buckbench.peft.PeftMethod;
import io.buckbench.record.Declaration;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the rows of a suite. Columns that a row's method does not use must be empty. */
public final class ConfigurationReader {
  /** The precision of matrix products. */
  private static final String PRECISION = "precision";

  private static final String VARIANT = "variant";

  private static final List<String> FOLDERS =
      Arrays.stream(PeftMethod.values()).map(PeftMethod::folder).toList();

  /** Lower limit that accepts any budget, since the plan checks it with the price of a step. */
  private static final BigDecimal ANY = BigDecimal.valueOf(-1_000_000);

  /** A larger number is a mistake. */
  private static final int MOST_THREADS = 1024;

  /** A larger number is a mistake. */
  private static final int MOST_SHOTS = 1000;

  private final Benchmarks benchmarks;

  ConfigurationReader(Benchmarks benchmarks) {
    this.benchmarks = benchmarks;
  }

  Configuration read(CsvRow row) {
    Method method = method(row);
    if (!row.required("id").matches(Benchmarks.NAME)) {
      row.problem(
          "id",
          "'" + row.text("id") + "'",
          "letters, digits and . _ -, since it is the name of a folder",
          "rename it");
    }
    if (row.text("id").length() > Suite.MOST_NAME_CHARACTERS) {
      row.problem(
          "id",
          row.text("id").length() + " characters",
          "at most "
              + Suite.MOST_NAME_CHARACTERS
              + ", since file systems allow 255 for the name of"
              + " a milestone's chart",
          "shorten it");
    }
    boolean model = method.needsModel();
    boolean trains = method.trains();
    SuiteColumn.ALL.stream()
        .filter(column -> !column.use().by(method))
        .forEach(column -> requireUnused(row, column.name(), method));
    checkMaxSteps(row);
    if (!row.isEmpty(Declaration.SHOTS)) {
      row.integer(Declaration.SHOTS, 0, MOST_SHOTS);
    }
    checkSplit(row, trains);
    checkChat(row);
    if (!row.isEmpty(Configuration.THREADS)) {
      row.integer(Configuration.THREADS, 1, MOST_THREADS);
    }
    if (!row.isEmpty(Configuration.DETERMINISTIC)) {
      row.choice(Configuration.DETERMINISTIC, List.of("true", "false"));
    }
    BudgetClock clock = row.choice("clock", BudgetClock.class);
    BigDecimal usd = trains ? row.decimal("usd", ANY) : BigDecimal.ZERO;
    return new Configuration(
        row.where("id").replace(" column id", ""),
        row.text("id"),
        row.choice("data", benchmarks.dataSets().ids()),
        row.text("level"),
        method,
        model ? model(row) : Optional.empty(),
        model ? Optional.of(prompt(row)) : Optional.empty(),
        model ? row.integer("max_tokens", 1, Integer.MAX_VALUE) : 0,
        model ? row.integer("max_new_tokens", 1, 1024) : 0,
        row.integer(Declaration.TEST_ITEMS, 1, Integer.MAX_VALUE),
        model ? row.integer("test_batch_size", 1, 4096) : 0,
        row.isEmpty(PRECISION)
            ? PrecisionChoice.FLOAT32
            : row.choice(PRECISION, PrecisionChoice.class),
        trains ? Optional.of(TrainingSettings.read(row)) : Optional.empty(),
        clock,
        usd,
        trains ? milestones(row, usd) : List.of(),
        benchmarks
            .prices()
            .find(row.choice("price_card", benchmarks.prices().ids()))
            .orElse(null), // only with a problem, and then the row is omitted
        trains ? throughput(row, clock) : Optional.empty(),
        row.integers("seeds"),
        new Declaration(row.values()));
  }

  private static void checkChat(CsvRow row) {
    try {
      ChatSettings.parse(row.where(Configuration.CHAT), row.text(Configuration.CHAT));
    } catch (InvalidInputException e) {
      row.problems(e);
    }
  }

  private static void checkSplit(CsvRow row, boolean trains) {
    if (!row.isEmpty(Split.COLUMN)) {
      row.choice(Split.COLUMN, Split.class);
    }
    boolean validation = Split.of(row.values()) == Split.VALIDATION;
    if (!row.isEmpty(GridRows.COLUMN) && !(validation && trains)) {
      row.problem(
          GridRows.COLUMN,
          "'"
              + row.text(GridRows.COLUMN)
              + "' on a row that "
              + (trains ? "uses the test split" : "trains nothing"),
          "a trained row with the validation split, since rates are never chosen on the test split",
          "set split to validation, or clear the grid");
    }
  }

  private static void checkMaxSteps(CsvRow row) {
    if (!row.isEmpty(Configuration.MAX_STEPS)) {
      row.integer(Configuration.MAX_STEPS, 1, Integer.MAX_VALUE);
    }
  }

  private static void requireUnused(CsvRow row, String column, Method method) {
    if (!row.isEmpty(column)) {
      row.problem(
          column,
          "'" + row.text(column) + "'",
          "nothing, since " + method.name() + " does not use it",
          "clear the value");
    }
  }

  private static List<BigDecimal> milestones(CsvRow row, BigDecimal usd) {
    if (row.isEmpty(Declaration.MILESTONES)) {
      return List.of();
    }
    if (row.text("schedule").equals("linear")) {
      row.problem(
          Declaration.MILESTONES,
          "milestones of a training with a linear schedule",
          "none, since each budget needs its own training, whose rate falls to 0 at its last step",
          "declare a row for each budget, or use the constant schedule");
    }
    List<BigDecimal> smaller = row.decimals(Declaration.MILESTONES);
    BigDecimal before = BigDecimal.ZERO;
    for (BigDecimal budget : smaller) {
      if (budget.compareTo(before) <= 0 || budget.compareTo(usd) >= 0) {
        row.problem(
            Declaration.MILESTONES,
            "'" + row.text(Declaration.MILESTONES) + "' with usd " + usd.toPlainString(),
            "budgets above 0 and below usd in ascending order",
            "correct the list");
        break;
      }
      before = budget;
    }
    return smaller;
  }

  private Method method(CsvRow row) {
    String name = row.text("method");
    if (FOLDERS.contains(name)) {
      boolean file = !row.isEmpty(VARIANT);
      String variant = file ? row.choice(VARIANT, benchmarks.variants(name)) : "";
      boolean known = variant.equals(row.text(VARIANT));
      return new Method(name, variant, known ? config(row, name, variant) : Optional.empty());
    }
    Method method = new Method(name, "", Optional.empty());
    if (method.trains()) {
      row.choice(
          "method",
          Stream.concat(
                  Stream.of(Declaration.NONE, Declaration.MAJORITY, Declaration.ALL_YES),
                  FOLDERS.stream())
              .toList());
    }
    return method;
  }

  private Optional<MethodConfig> config(CsvRow row, String name, String variant) {
    PeftMethod method = PeftMethod.ofFolder(name);
    Optional<Path> file =
        Optional.of(variant).filter(v -> !v.isEmpty()).map(v -> benchmarks.methodFile(name, v));
    try {
      MethodConfig config =
          file.isPresent() && row.isEmpty(SuiteColumn.SETTINGS)
              ? MethodConfig.read(file.get())
              : MethodConfig.of(
                  row.where(SuiteColumn.SETTINGS),
                  MethodSettings.json(
                      row.where(SuiteColumn.SETTINGS),
                      method,
                      file,
                      row.text(SuiteColumn.SETTINGS)));
      if (config.method() != method) {
        row.problem(
            VARIANT,
            "a file of peft_type " + config.method(),
            "one of the method " + name,
            "move the file to methods/" + config.method().folder());
      }
      return Optional.of(config);
    } catch (InvalidInputException e) {
      row.problems(e);
      return Optional.empty();
    }
  }

  private Optional<ModelEntry> model(CsvRow row) {
    return benchmarks.models().find(row.choice("model", benchmarks.models().ids()));
  }

  /** The prompt that the row names, or otherwise that of its data set. */
  private Prompt prompt(CsvRow row) {
    boolean own = !row.isEmpty("prompt") || !benchmarks.dataSets().ids().contains(row.text("data"));
    return own
        ? benchmarks.prompts().find(row, "prompt", row.text("prompt"))
        : benchmarks.dataSets().prompt(row.text("data"));
  }

  private Optional<Throughput> throughput(CsvRow row, BudgetClock clock) {
    boolean linear = row.text("schedule").equals("linear");
    if (row.isEmpty("throughput")) {
      if (clock == BudgetClock.PLANNED || linear) {
        row.problem(
            "throughput",
            "nothing",
            "the speed from which the steps of "
                + (linear ? "a linear schedule" : "the planned clock")
                + " are computed",
            "name a row of throughput.csv, or measure one with calibrate");
      }
      return Optional.empty();
    }
    return benchmarks.throughputs().find(row.choice("throughput", benchmarks.throughputs().ids()));
  }
}
