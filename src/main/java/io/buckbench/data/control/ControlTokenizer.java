package io.buckbench.data.control;

import io.buckbench.data.bpe.BpeTrainer;
import io.buckbench.data.bpe.BpeVocabulary;
import java.util.List;

/** The tokenizer of {@code opt-nano}, learned from the corpus and from prompts of the task. */
public final class ControlTokenizer {
  /** Most tokens. */
  public static final int SIZE = 1024;

  private static final int STEPS = 40;
  private static final int TEXTS = 50;

  private ControlTokenizer() {}

  /**
   * Learns the vocabulary.
   *
   * @param corpus its first texts of each stage are read
   * @param rows questions and passages are read, answers are not
   */
  public static BpeVocabulary learn(ControlCorpus corpus, List<ControlRow> rows) {
    BpeTrainer trainer = new BpeTrainer();
    for (int step : corpus.samples(STEPS)) {
      corpus.batch(step, TEXTS).forEach(t -> trainer.add(t.text()));
    }
    for (ControlRow row : rows) {
      trainer.add(row.passage() + "\nQuestion: " + row.question() + "?\nAnswer:");
    }
    return trainer.train(SIZE);
  }
}
