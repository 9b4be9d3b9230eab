package io.buckbench.data.control;

import io.buckbench.data.control.CorpusText.Piece;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The text on which {@code opt-nano} is pre-trained: passages of the control language, retold,
 * asked about with wh-questions, and with statements checked in other words.
 *
 * <p>It never holds the yes/no task: no text answers a question about a passage with yes or no.
 * Both words do occur, in dialogues ("Nora said yes to Tom.").
 *
 * <p>The text of (seed, step, row) is the same on every machine and needs no other text drawn.
 */
public final class ControlCorpus {
  private final long seed;
  private final Curriculum curriculum;

  /**
   * A corpus.
   *
   * @param seed the same seed gives the same texts
   * @param curriculum what is practised at which step
   */
  public ControlCorpus(long seed, Curriculum curriculum) {
    this.seed = seed;
    this.curriculum = curriculum;
  }

  /** The texts of one training step, counted from 0. */
  public List<CorpusText> batch(int step, int size) {
    List<CorpusText> batch = new ArrayList<>();
    for (int row = 0; row < size; row++) {
      batch.add(text(curriculum.at(step), new Draw(seed, step * 65_536L + row)));
    }
    return batch;
  }

  /** The first steps of each stage, so many of each, as a sample of all that the corpus holds. */
  public List<Integer> samples(int each) {
    List<Integer> steps = new ArrayList<>();
    for (Curriculum.Stage stage : curriculum.stages()) {
      for (int i = 0; i < each; i++) {
        steps.add(stage.firstStep() + i);
      }
    }
    return steps;
  }

  private static CorpusText text(Curriculum.Stage stage, Draw draw) {
    int facts = draw.between(stage.leastFacts(), stage.mostFacts());
    int being = facts / 2;
    int denied = draw.chance(stage.denied()) ? 1 : 0;
    int distractors = draw.chance(stage.distracted()) ? 1 : 0;
    Passage passage = Passage.draw(draw, facts - being, being, denied, distractors);
    List<Piece> pieces = new ArrayList<>();
    pieces.add(new Piece(passage.text(), false));
    if (stage.listed() > 0) {
      pieces.addAll(WordLists.words(draw, passage, stage.listed()));
    }
    if (draw.chance(stage.lookedUp())) {
      pieces.addAll(WordLists.lookups(draw, passage));
    }
    if (stage.paired() > 0) {
      pieces.addAll(WordLists.pairs(draw, passage, stage.paired()));
    }
    // Each statement once: said again, a false one would stand in the text it is checked against.
    Set<String> said = new HashSet<>();
    for (int i = 0; i < stage.exercises(); i++) {
      pieces.addAll(exercise(stage, draw, passage, said));
    }
    return new CorpusText(List.copyOf(pieces));
  }

  private static List<Piece> exercise(
      Curriculum.Stage stage, Draw draw, Passage passage, Set<String> said) {
    double kind = draw.unit();
    if (kind < stage.retold()) {
      return Exercises.retelling(draw, passage);
    }
    if (kind < stage.retold() + stage.asked()) {
      return Exercises.lookup(draw, passage);
    }
    if (kind < stage.retold() + stage.asked() + stage.chatted()) {
      return Exercises.chat(draw);
    }
    boolean truth = draw.chance(0.5);
    boolean presence = draw.chance(stage.presence());
    Statement statement = Statement.draw(draw, passage, presence, truth);
    if (!said.add(statement.statement())) {
      return List.of();
    }
    return draw.chance(stage.brief())
        ? Verdicts.brief(statement, truth)
        : Verdicts.check(draw, statement, truth);
  }
}
