package io.buckbench.suite;

import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.BudgetPlan;
import io.buckbench.budget.PriceCard;
import io.buckbench.budget.Throughput;
import io.buckbench.data.Prompt;
import io.buckbench.data.Split;
import io.buckbench.model.CausalLM;
import io.buckbench.peft.PeftMethod;
import io.buckbench.record.Declaration;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.Torch;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A declared row of a suite, with everything it names looked up.
 *
 * @param where file and line, for errors
 * @param id unique in its suite
 * @param data id of the data set
 * @param level the only level of it that is used, or the empty string for all
 * @param method what is done to the model
 * @param model the base model; empty where none is needed
 * @param prompt how a row of data becomes text; empty where no model is needed
 * @param maxTokens of prompt and answer together; 0 where no model is needed
 * @param maxNewTokens that an answer is generated to; 0 where no model is needed
 * @param testRows how many rows, the first ones of the asked split, are answered
 * @param testBatchSize prompts answered together; 0 where no model is needed
 * @param precision what its products are computed in
 * @param training how it is trained; empty where nothing is
 * @param clock what ends the training
 * @param usd the budget; zero where nothing is trained
 * @param milestonesUsd smaller budgets that the same training serves, ascending
 * @param priceCard what the machine costs
 * @param throughput the recorded speed that plans the steps, where the row names one
 * @param seeds one trial each
 * @param declared the row that all of this was read from
 */
public record Configuration(
    String where,
    String id,
    String data,
    String level,
    Method method,
    Optional<ModelEntry> model,
    Optional<Prompt> prompt,
    int maxTokens,
    int maxNewTokens,
    int testRows,
    int testBatchSize,
    PrecisionChoice precision,
    Optional<TrainingSettings> training,
    BudgetClock clock,
    BigDecimal usd,
    List<BigDecimal> milestonesUsd,
    PriceCard priceCard,
    Optional<Throughput> throughput,
    List<Long> seeds,
    Declaration declared) {
  /** The optional column of {@link #maxSteps}. */
  public static final String MAX_STEPS = "max_steps";

  /** The optional column of {@link #deterministic}. */
  public static final String DETERMINISTIC = "deterministic";

  /** Columns that do not change how long a step or an answer takes. */
  private static final Set<String> NOT_TIMED =
      Set.of(
          Declaration.ID,
          "test_rows",
          Split.COLUMN,
          GridRows.COLUMN,
          MAX_STEPS,
          "clock",
          "price_card",
          Declaration.SEEDS,
          Declaration.NOTE,
          "learning_rate",
          "schedule",
          "warmup_steps",
          "weight_decay",
          "beta1",
          "beta2",
          "epsilon",
          "clip_norm",
          "usd",
          "throughput",
          Declaration.MILESTONES);

  /** Which part of the data it is asked about. */
  public Split split() {
    return declared.split();
  }

  /**
   * The declared columns that bear on how long a step or an answer takes; a column that is new to
   * the suite is one of them until it is known not to.
   */
  public Map<String, String> speedSettings() {
    Map<String, String> settings = new LinkedHashMap<>(declared.columns());
    settings.keySet().removeAll(NOT_TIMED);
    return settings;
  }

  /** The grid of learning rates that it is a part of, or the empty string. */
  public String grid() {
    return declared.value(GridRows.COLUMN);
  }

  /** Steps at most, whatever the budget buys: for a rehearsal; mostly empty. */
  public OptionalInt maxSteps() {
    String steps = declared.value(MAX_STEPS);
    return steps.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(steps));
  }

  /** Whether PyTorch may take only algorithms that repeat their bits, at the price of speed. */
  public boolean deterministic() {
    return declared.value(DETERMINISTIC).equals("true");
  }

  /** What its precision means on this machine. */
  public Precision precisionHere() {
    return precision.on(Torch.computeCapability());
  }

  /** Reads the base model as its trials compute with it on this machine. */
  public CausalLM loadModel() {
    return CausalLM.load(model.orElseThrow().directory(), precisionHere(), !trainsWeights());
  }

  /** Whether the model's own weights are trained, and not an adapter. */
  public boolean trainsWeights() {
    return method.config().filter(c -> c.method() == PeftMethod.FULL).isPresent();
  }

  /**
   * What its budget buys.
   *
   * @throws io.buckbench.input.InvalidInputException if that is less than a step
   */
  public BudgetPlan plan() {
    if (!method.trains()) {
      return BudgetPlan.untrained(priceCard, clock);
    }
    BudgetPlan plan = BudgetPlan.training(where, priceCard, clock, usd, throughput, testRows);
    return maxSteps().isPresent() ? plan.atMost(maxSteps().getAsInt()) : plan;
  }

  /**
   * The smaller budgets as rows of their own, ascending: what {@code <id>@<usd>} would be if it
   * were trained on its own. Their declaration names this row as the one that serves them.
   */
  public List<Configuration> milestones() {
    return milestonesUsd.stream().map(this::milestone).toList();
  }

  private Configuration milestone(BigDecimal smaller) {
    String name = id + "@" + smaller.toPlainString();
    String column = where + " column " + Declaration.MILESTONES;
    Declaration row = declared.milestone(name, smaller);
    return like(column, name, method, smaller, List.of(), row);
  }

  /** The same row with another method. */
  public Configuration withMethod(Method other) {
    return like(where, id, other, usd, milestonesUsd, declared);
  }

  private Configuration like(
      String where,
      String id,
      Method method,
      BigDecimal usd,
      List<BigDecimal> milestonesUsd,
      Declaration declared) {
    return new Configuration(
        where,
        id,
        data,
        level,
        method,
        model,
        prompt,
        maxTokens,
        maxNewTokens,
        testRows,
        testBatchSize,
        precision,
        training,
        clock,
        usd,
        milestonesUsd,
        priceCard,
        throughput,
        seeds,
        declared);
  }
}
