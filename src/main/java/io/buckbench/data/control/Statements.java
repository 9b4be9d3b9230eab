package io.buckbench.data.control;

import io.buckbench.data.control.Fact.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Draws statements about a passage. At both levels the kind of the statement is drawn independently
 * of the truth, so the question alone gives no information about the answer.
 */
final class Statements {
  private Statements() {}

  /**
   * Draws a statement that is true or false as given.
   *
   * @param passage has an affirmed fact of each of its relations, and at least two facts
   * @param level {@link ControlTask#PRESENCE} or {@link ControlTask#BINDING}
   */
  static Statement draw(Draw draw, Passage passage, String level, boolean truth) {
    return level.equals(ControlTask.PRESENCE)
        ? presence(draw, passage, truth)
        : binding(draw, passage, truth);
  }

  /** Whether the passage mentions a word. All words of a kind are equally likely. */
  private static Statement presence(Draw draw, Passage passage, boolean truth) {
    double kind = draw.unit();
    if (kind < 0.4) {
      Set<String> said = said(passage, Relation.HAS, Fact::thing);
      return Statement.mention("a " + word(draw, Lexicon.OBJECTS, said, truth));
    }
    if (kind < 0.6) {
      return Statement.mention(word(draw, Lexicon.NAMES, Set.copyOf(passage.people()), truth));
    }
    if (kind < 0.8) {
      Set<String> said = said(passage, Relation.HAS, Fact::colour);
      return Statement.mention("something " + word(draw, Lexicon.COLOURS, said, truth));
    }
    Set<String> said = said(passage, Relation.IN, Fact::thing);
    return Statement.mention("the " + word(draw, Lexicon.PLACES, said, truth));
  }

  private static String word(Draw draw, List<String> all, Set<String> said, boolean truth) {
    return draw.one(all.stream().filter(w -> said.contains(w) == truth).toList());
  }

  private static Set<String> said(Passage passage, Relation relation, Function<Fact, String> word) {
    return passage.of(relation).stream().map(word).collect(Collectors.toSet());
  }

  /**
   * Whether a person has a thing of a colour, or is in a place.
   *
   * <p>All words of a false statement are in the passage, but do not belong together: another
   * person's thing, another thing's colour, or a denied fact. Each content word occurs once in the
   * passage for either truth, so word overlap gives no information.
   */
  private static Statement binding(Draw draw, Passage passage, boolean truth) {
    // The relation does not depend on the truth, so "is ..." and "does ..." are equally often true.
    boolean being =
        passage.of(Relation.HAS).isEmpty()
            || (!passage.of(Relation.IN).isEmpty() && draw.chance(0.25));
    Relation relation = being ? Relation.IN : Relation.HAS;
    return Statement.of(
        truth ? draw.one(passage.affirmed(relation)) : wrong(draw, passage, relation));
  }

  private static Fact wrong(Draw draw, Passage passage, Relation relation) {
    List<Fact> facts = passage.of(relation);
    List<Fact> denied = facts.stream().filter(Fact::negated).toList();
    if (!denied.isEmpty() && draw.chance(0.4)) {
      return draw.one(denied).affirmed();
    }
    Fact fact = draw.one(facts).affirmed();
    List<Fact> others = new ArrayList<>(facts);
    others.removeIf(f -> f.name().equals(fact.name()));
    if (relation == Relation.IN || others.isEmpty() || draw.chance(0.6)) {
      return fact.withName(
          draw.one(passage.people().stream().filter(n -> !n.equals(fact.name())).toList()));
    }
    Fact other = draw.one(others);
    return draw.chance(0.5)
        ? Fact.has(fact.name(), other.colour(), fact.thing())
        : Fact.has(fact.name(), fact.colour(), other.thing());
  }
}
