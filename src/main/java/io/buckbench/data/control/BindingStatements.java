package io.buckbench.data.control;

import java.util.ArrayList;
import java.util.List;

/**
 * Statements of the level {@code binding}: does this person have that thing of that colour, or is
 * this person in that place.
 *
 * <p>A false statement is made of words that are all in the passage, wrongly bound: another
 * person's thing, another thing's colour, or a fact the passage denies. Each content word is once
 * in the passage whether the statement is true or false, so word overlap says nothing.
 */
final class BindingStatements {
  private BindingStatements() {}

  /**
   * A statement about the passage that is true or false as wanted.
   *
   * @param passage affirms at least one fact of each of its relations and has two facts or more
   */
  static Statement draw(Draw draw, Passage passage, boolean truth) {
    // The relation is drawn before the answer plays a part: "is ..." and "does ..." are yes equally
    // often.
    boolean being =
        passage.of(Fact.Relation.HAS).isEmpty()
            || (!passage.of(Fact.Relation.IN).isEmpty() && draw.chance(0.25));
    Fact.Relation relation = being ? Fact.Relation.IN : Fact.Relation.HAS;
    return Statement.of(
        truth ? draw.one(passage.affirmed(relation)) : wrong(draw, passage, relation));
  }

  private static Fact wrong(Draw draw, Passage passage, Fact.Relation relation) {
    List<Fact> facts = passage.of(relation);
    List<Fact> denied = facts.stream().filter(Fact::negated).toList();
    if (!denied.isEmpty() && draw.chance(0.4)) {
      return draw.one(denied).affirmed();
    }
    Fact fact = draw.one(facts).affirmed();
    List<Fact> others = new ArrayList<>(facts);
    others.removeIf(f -> f.name().equals(fact.name()));
    if (relation == Fact.Relation.IN || others.isEmpty() || draw.chance(0.6)) {
      return fact.withName(
          draw.one(passage.people().stream().filter(n -> !n.equals(fact.name())).toList()));
    }
    Fact other = draw.one(others);
    return draw.chance(0.5)
        ? Fact.has(fact.name(), other.colour(), fact.thing())
        : Fact.has(fact.name(), fact.colour(), other.thing());
  }
}
