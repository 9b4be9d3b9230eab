package io.buckbench.suite;

import io.buckbench.data.Split;
import io.buckbench.record.Declaration;
import java.util.List;
import java.util.Optional;

/**
 * A column of a suite.
 *
 * @param name its name in the header
 * @param use the rows that use it; all others leave it empty
 * @param presence whether it must be filled in
 * @param value what a row has that leaves it open; empty if there is no such value
 * @param line one line about it, for people
 */
public record SuiteColumn(String name, Use use, Presence presence, String value, String line) {
  /** The rows that use a column. */
  public enum Use {
    /** Every row. */
    ALL,
    /** Rows that ask a model. */
    MODEL,
    /** Rows that ask an untouched model. */
    UNTOUCHED,
    /** Rows that train. */
    TRAINED;

    boolean by(Method method) {
      return switch (this) {
        case ALL -> true;
        case MODEL -> method.needsModel();
        case UNTOUCHED -> method.needsModel() && !method.trains();
        case TRAINED -> method.trains();
      };
    }
  }

  /** Whether a row that uses a column must fill it in. */
  public enum Presence {
    /** In the row or in the row {@code defaults}. */
    REQUIRED,
    /** If it is left open, the row has the column's own value, and the record says so. */
    DEFAULTED,
    /** If it is left open, the record does not have it either. */
    OPTIONAL
  }

  /** The column of {@link #SETTINGS}. */
  static final String SETTINGS = "settings";

  /** Every column, in the order of the reference. */
  public static final List<SuiteColumn> ALL =
      List.of(
          required(
              "id",
              Use.ALL,
              "name of the row, unique in the suite and a folder of the run store; `defaults` is"
                  + " the row whose values hold where others leave them open"),
          required("data", Use.ALL, "id of a data set"),
          defaulted(
              "level", Use.ALL, "", "only the rows of the data set with this level; empty for all"),
          required(
              "method",
              Use.ALL,
              "`none` asks the untouched model, `majority` always gives the commonest answer and"
                  + " needs none, `all-yes` always yes; otherwise what is trained: `lora`, `ia3`,"
                  + " `vera`, `lntuning`, `prompt`, `ptuning`, `prefix` or `full`"),
          defaulted(
              "variant",
              Use.TRAINED,
              "",
              "a file of `benchmarks/methods/<method>/`, without `.json`; empty for PEFT's"
                  + " defaults"),
          optional(
              SETTINGS,
              Use.TRAINED,
              "settings of the method under PEFT's names, such as `r=8; lora_alpha=16;"
                  + " target_modules=q_proj v_proj`; they take precedence over the variant's"),
          required("model", Use.MODEL, "id of a row of `models.csv`"),
          required("prompt", Use.MODEL, "how a row of data becomes text"),
          optional(
              Configuration.CHAT,
              Use.MODEL,
              "the model's chat template: empty for none; `template` makes the prompt the user's message,"
                  + " and the answer follows without white space; variables for it may follow,"
                  + " such as `template; enable_thinking=false`"),
          optional(
              Declaration.SHOTS,
              Use.UNTOUCHED,
              "training examples with their answers that the prompt begins with, drawn from the"
                  + " seed; the row is priced by the time of its answers; empty is 0"),
          defaulted(
              "max_tokens",
              Use.MODEL,
              "256",
              "maximum number of tokens of prompt and answer together; a longer prompt loses words"
                  + " of its passage"),
          defaulted(
              "max_new_tokens", Use.MODEL, "3", "maximum number of tokens of a generated answer"),
          required(
              Declaration.TEST_ITEMS, Use.ALL, "number of test items, the first rows of the split"),
          defaulted("test_batch_size", Use.MODEL, "32", "prompts that are answered together"),
          optional(
              "precision",
              Use.MODEL,
              "`float32`, `mixed` (float16 products) or `auto` (mixed on GPUs from compute"
                  + " capability 7.0 on); empty is float32"),
          defaulted(
              "loss_on",
              Use.TRAINED,
              "answer",
              "the tokens that are labelled: `answer` or `sequence`"),
          required("learning_rate", Use.TRAINED, "the highest learning rate"),
          defaulted(
              "schedule",
              Use.TRAINED,
              "constant",
              "`constant`, or `linear`: the rate falls to 0 at the last planned step, which needs a"
                  + " throughput"),
          defaulted("warmup_steps", Use.TRAINED, "0", "steps in which the rate rises from 0"),
          defaulted("weight_decay", Use.TRAINED, "0", "AdamW's weight decay"),
          defaulted("beta1", Use.TRAINED, "0.9", "AdamW's decay rate of the first moment"),
          defaulted("beta2", Use.TRAINED, "0.999", "AdamW's decay rate of the second moment"),
          defaulted("epsilon", Use.TRAINED, "1e-8", "AdamW's epsilon"),
          defaulted(
              "clip_norm",
              Use.TRAINED,
              "1",
              "largest L2 norm of the whole gradient; 0 for no clipping"),
          defaulted("batch_size", Use.TRAINED, "16", "rows of a micro-batch"),
          defaulted("accumulation", Use.TRAINED, "1", "micro-batches of an optimiser step"),
          defaulted(
              "padding",
              Use.TRAINED,
              "right",
              "the side on which short rows are padded: `left` or `right`"),
          defaulted(
              "bucket_batches",
              Use.TRAINED,
              "1",
              "batches that are sorted by length together; 1 for no sorting"),
          optional(
              TrainingSettings.BATCH_TOKENS,
              Use.TRAINED,
              "largest number of tokens of a micro-batch; the rows of a step are packed by it"),
          defaulted(
              "clock",
              Use.ALL,
              "metered",
              "`metered`: the clock ends the training when its dollars are spent; `planned`: a"
                  + " recorded speed turns the dollars into steps"),
          required("usd", Use.TRAINED, "dollars of a trial"),
          optional(
              Declaration.MILESTONES,
              Use.TRAINED,
              "smaller budgets that the same training serves, such as `0.05 0.5`; each is recorded"
                  + " as `<id>@<usd>`"),
          required("price_card", Use.ALL, "id of a row of `prices.csv`: what the machine costs"),
          defaulted(
              "throughput",
              Use.TRAINED,
              "",
              "id of a row of `throughput.csv`: the speed that plans the steps; the planned clock"
                  + " and the linear schedule need it"),
          optional(Configuration.MAX_STEPS, Use.TRAINED, "upper limit of the steps"),
          required(Declaration.SEEDS, Use.ALL, "seeds, such as `1 2 3`; each is a trial"),
          optional(
              Split.COLUMN,
              Use.ALL,
              "what the model is asked: `test` or `validation`; empty is test"),
          optional(
              GridRows.COLUMN,
              Use.ALL,
              "name of a grid of learning rates that `choose` compares; its rows differ in nothing"
                  + " else and use validation"),
          optional(
              Configuration.THREADS,
              Use.ALL,
              "threads of one operation on the CPU; bits depend on it; empty for one a processor"),
          optional(
              Configuration.DETERMINISTIC,
              Use.MODEL,
              "`true`: only deterministic algorithms; empty is false"),
          defaulted(Declaration.NOTE, Use.ALL, "", "free text"));

  private static SuiteColumn required(String name, Use use, String line) {
    return new SuiteColumn(name, use, Presence.REQUIRED, "", line);
  }

  private static SuiteColumn defaulted(String name, Use use, String value, String line) {
    return new SuiteColumn(name, use, Presence.DEFAULTED, value, line);
  }

  private static SuiteColumn optional(String name, Use use, String line) {
    return new SuiteColumn(name, use, Presence.OPTIONAL, "", line);
  }

  /** The names of all columns. */
  public static List<String> names() {
    return ALL.stream().map(SuiteColumn::name).toList();
  }

  /** The column of a name. */
  static Optional<SuiteColumn> find(String name) {
    return ALL.stream().filter(column -> column.name().equals(name)).findFirst();
  }
}
