package io.buckbench.experiment;

import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.BudgetPlan;
import io.buckbench.budget.PriceCard;
import io.buckbench.budget.Throughput;
import io.buckbench.data.Prompt;
import io.buckbench.peft.PeftMethod;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
 * @param testRows how many rows, the test split's first ones, are answered
 * @param testBatchSize prompts answered together; 0 where no model is needed
 * @param precision what its products are computed in
 * @param training how it is trained; empty where nothing is
 * @param clock what ends the training
 * @param usd the budget; zero where nothing is trained
 * @param priceCard what the machine costs
 * @param throughput the recorded speed that plans the steps, where the row names one
 * @param seeds one trial each
 * @param declared the row as it stands, column to value
 */
public record Experiment(
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
    PriceCard priceCard,
    Optional<Throughput> throughput,
    List<Long> seeds,
    Map<String, String> declared) {

  /** Whether the model's own weights are trained, and not an adapter. */
  public boolean trainsWeights() {
    return method.config().filter(c -> c.method() == PeftMethod.FULL).isPresent();
  }

  /**
   * What its budget buys.
   *
   * @throws io.buckbench.table.InvalidInputException if that is less than a step
   */
  public BudgetPlan plan() {
    return method.trains()
        ? BudgetPlan.training(where, priceCard, clock, usd, throughput, testRows)
        : BudgetPlan.untrained(priceCard, clock);
  }
}
