package io.buckbench.data.control;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Text of the control language that {@code opt-nano} was not trained on: texts of the last stage of
 * its curriculum, drawn with another seed.
 */
public final class HeldOutText {
  /** Pre-training uses 1, its checks 99. */
  private static final long SEED = 77;

  private HeldOutText() {}

  /** The first texts, the same on every machine. */
  public static List<String> draw(int texts) {
    Curriculum curriculum = Curriculum.OPT_NANO;
    int last = curriculum.stages().get(curriculum.stages().size() - 1).firstStep();
    ControlCorpus corpus = new ControlCorpus(SEED, curriculum);
    return IntStream.range(0, texts)
        .mapToObj(i -> corpus.batch(last + i, 1).get(0).text())
        .toList();
  }
}
