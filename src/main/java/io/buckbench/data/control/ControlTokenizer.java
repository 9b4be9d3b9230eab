package io.buckbench.data.control;

import io.buckbench.data.Example;
import io.buckbench.data.bpe.BpeRules;
import io.buckbench.data.bpe.BpeTrainer;
import io.buckbench.data.bpe.BpeVocabulary;
import java.util.List;
import java.util.Optional;

/** Learns the tokenizer of {@code opt-nano} from the corpus and from prompts of the task. */
public final class ControlTokenizer {
  /** The maximum size of the vocabulary. */
  public static final int SIZE = 1024;

  /** Four special tokens; {@code </s>} is added before a text, as in OPT. */
  public static final BpeRules RULES =
      new BpeRules(
          List.of("<s>", "<pad>", "</s>", "<unk>"),
          Optional.of("</s>"),
          false,
          Optional.of("<unk>"),
          false);

  private static final int STEPS = 40;
  private static final int TEXTS = 50;

  private ControlTokenizer() {}

  /**
   * Learns the vocabulary.
   *
   * @param corpus the corpus, of which the first texts of each stage are used
   * @param rows rows of the task, of which questions and passages are used, but not answers
   */
  public static BpeVocabulary learn(ControlCorpus corpus, List<Example> rows) {
    BpeTrainer trainer = new BpeTrainer();
    for (int step : corpus.samples(STEPS)) {
      corpus.batch(step, TEXTS).forEach(t -> trainer.add(t.text()));
    }
    for (Example row : rows) {
      trainer.add(
          row.field(Example.PASSAGE) + "\nQuestion: " + row.field(Example.QUESTION) + "?\nAnswer:");
    }
    return trainer.train(SIZE, RULES.special());
  }
}
