package io.buckbench.data.control;

import io.buckbench.data.bpe.BpeRules;
import io.buckbench.data.bpe.BpeTrainer;
import io.buckbench.data.bpe.BpeVocabulary;
import java.util.List;
import java.util.Optional;

/** The tokenizer of {@code opt-nano}, learned from the corpus and from prompts of the task. */
public final class ControlTokenizer {
  /** Most tokens. */
  public static final int SIZE = 1024;

  /** Four special tokens; {@code </s>} is put in front of a text, as OPT does. */
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
    return trainer.train(SIZE, RULES.special());
  }
}
