package io.buckbench.data.control;

import io.buckbench.data.control.CorpusText.Piece;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The text on which {@code opt-nano} is pre-trained: passages of the control language, followed by
 * repeated facts, wh-questions with answers, and statements with verdicts.
 *
 * <p>The corpus never contains the yes/no task: no text answers a question about a passage with yes
 * or no. Both words do occur, in dialogues ("Nora said yes to Tom.").
 *
 * <p>A text depends on seed, step and row only. It is the same on every machine, and can be drawn
 * without drawing any other text.
 */
public final class ControlCorpus {
  private final long seed;
  private final Curriculum curriculum;

  /**
   * Creates a corpus.
   *
   * @param seed the same seed gives the same texts
   * @param curriculum the exercises of each step
   */
  public ControlCorpus(long seed, Curriculum curriculum) {
    this.seed = seed;
    this.curriculum = curriculum;
  }

  /** The texts of a training step, from 0. */
  public List<CorpusText> batch(int step, int size) {
    List<CorpusText> batch = new ArrayList<>();
    for (int row = 0; row < size; row++) {
      batch.add(text(curriculum.at(step), new Draw(seed, step * 65_536L + row)));
    }
    return batch;
  }

  /** The first {@code each} steps of every stage, as a sample of the whole corpus. */
  public List<Integer> samples(int each) {
    return curriculum.stages().stream()
        .flatMap(stage -> IntStream.range(0, each).mapToObj(i -> stage.firstStep() + i))
        .toList();
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
    // No statement is repeated, since a false one would then occur in the text that refutes it.
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
    String level = draw.chance(stage.presence()) ? ControlTask.PRESENCE : ControlTask.BINDING;
    Statement statement = Statements.draw(draw, passage, level, truth);
    if (!said.add(statement.statement())) {
      return List.of();
    }
    return draw.chance(stage.brief())
        ? Verdicts.brief(statement, truth)
        : Verdicts.check(draw, statement, truth);
  }
}
