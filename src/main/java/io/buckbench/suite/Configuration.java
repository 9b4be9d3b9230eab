package io.buckbench.suite;

import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.BudgetPlan;
import io.buckbench.budget.PriceCard;
import io.buckbench.budget.Throughput;
import io.buckbench.data.ChatSettings;
import io.buckbench.data.Prompt;
import io.buckbench.data.Split;
import io.buckbench.model.CausalLM;
import io.buckbench.peft.PeftMethod;
import io.buckbench.record.Declaration;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.Threads;
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
 * @param level the only level of the data set to use; empty for all
 * @param method the method
 * @param model the base model; empty if none is needed
 * @param prompt template that converts a row of data to text; empty if no model is needed
 * @param maxTokens maximum length of prompt and answer together; 0 if no model is needed
 * @param maxNewTokens maximum length of a generated answer; 0 if no model is needed
 * @param testItems number of test items, the first rows of the split
 * @param testBatchSize prompts answered together; 0 if no model is needed
 * @param precision precision of matrix products
 * @param training training settings; empty if nothing is trained
 * @param clock how the budget ends the training
 * @param usd the budget; zero if nothing is trained
 * @param milestonesUsd smaller budgets that the same training serves, ascending
 * @param priceCard the price of the machine
 * @param throughput the recorded speed from which steps are planned, if the row names one
 * @param seeds one trial for each
 * @param declared the row as declared
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
    int testItems,
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

  /** The optional column of {@link #threads}. */
  public static final String THREADS = "threads";

  /** The optional column of {@link #chat}. */
  public static final String CHAT = "chat";

  /** The optional column of {@link #deterministic}. */
  public static final String DETERMINISTIC = "deterministic";

  /** Columns that do not affect the time of a step or an answer. */
  private static final Set<String> NOT_TIMED =
      Set.of(
          Declaration.ID,
          Declaration.TEST_ITEMS,
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

  /** The split that the test items are from. */
  public Split split() {
    return declared.split();
  }

  /**
   * The declared columns that can affect the time of a step or an answer, including unknown ones.
   */
  public Map<String, String> speedSettings() {
    Map<String, String> settings = new LinkedHashMap<>(declared.columns());
    settings.keySet().removeAll(NOT_TIMED);
    return settings;
  }

  /** The name of its grid of learning rates; empty if it belongs to none. */
  public String grid() {
    return declared.value(GridRows.COLUMN);
  }

  /** An optional limit on steps, used by rehearsals. */
  public OptionalInt maxSteps() {
    String steps = declared.value(MAX_STEPS);
    return steps.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(steps));
  }

  /** The number of training examples that the model is shown before each question. */
  public int shots() {
    return declared.shots();
  }

  /** How the model's chat template is used; empty for a prompt without it. */
  public Optional<ChatSettings> chat() {
    return ChatSettings.parse(where + " column " + CHAT, declared.value(CHAT));
  }

  /** Whether PyTorch may only use deterministic algorithms, which can be slower. */
  public boolean deterministic() {
    return declared.value(DETERMINISTIC).equals("true");
  }

  /**
   * The number of threads that compute one operation of a trial on the CPU; by default {@link
   * Threads#standard}. Bits depend on it.
   */
  public int threads() {
    String threads = declared.value(THREADS);
    return threads.isEmpty() ? Threads.standard() : Integer.parseInt(threads);
  }

  /** The precision on this machine. */
  public Precision precisionHere() {
    return precision.on(Torch.computeCapability());
  }

  /** Loads the base model in the precision that trials use on this machine. */
  public CausalLM loadModel() {
    return CausalLM.load(model.orElseThrow().directory(), precisionHere(), !trainsWeights());
  }

  /** Whether the base model's weights are trained instead of an adapter. */
  public boolean trainsWeights() {
    return method.config().filter(c -> c.method() == PeftMethod.FULL).isPresent();
  }

  /**
   * The plan of what the budget pays for.
   *
   * @throws io.buckbench.input.InvalidInputException if it pays for less than one step
   */
  public BudgetPlan plan() {
    if (!method.trains()) {
      return shots() > 0
          ? BudgetPlan.answers(priceCard, clock)
          : BudgetPlan.untrained(priceCard, clock);
    }
    BudgetPlan plan = BudgetPlan.training(where, priceCard, clock, usd, throughput, testItems);
    return maxSteps().isPresent() ? plan.atMost(maxSteps().getAsInt()) : plan;
  }

  /**
   * The milestones as configurations {@code <id>@<usd>}, ascending by budget. Their declaration
   * names this configuration as the one that serves them.
   */
  public List<Configuration> milestones() {
    return milestonesUsd.stream().map(this::milestone).toList();
  }

  private Configuration milestone(BigDecimal smaller) {
    String name = id + "@" + smaller.toPlainString();
    return new Configuration(
        where + " column " + Declaration.MILESTONES,
        name,
        data,
        level,
        method,
        model,
        prompt,
        maxTokens,
        maxNewTokens,
        testItems,
        testBatchSize,
        precision,
        training,
        clock,
        smaller,
        List.of(),
        priceCard,
        throughput,
        seeds,
        declared.milestone(name, smaller));
  }
}
