package io.buckbench.data.control;

import java.util.ArrayList;
import java.util.List;

/**
 * Claims of the level {@code binding}: does this person have that thing of that colour, or is this
 * person in that place.
 *
 * <p>A false claim is made of words that all stand in the passage, wrongly bound: another person's
 * thing, another thing's colour, or a fact the passage denies. Each content word stands once in the
 * passage whether the claim is true or false, so word overlap says nothing.
 */
final class BindingStatements {
  private BindingStatements() {}

  /**
   * A claim about the passage that is true or false as wanted.
   *
   * @param passage affirms at least one fact of each of its kinds and has two facts or more
   */
  static Statement draw(Draw draw, Passage passage, boolean truth) {
    // The kind comes before the answer plays a part: "is ..." and "does ..." are yes equally often.
    boolean being =
        passage.of(Fact.Kind.HAS).isEmpty()
            || (!passage.of(Fact.Kind.IN).isEmpty() && draw.chance(0.25));
    Fact.Kind kind = being ? Fact.Kind.IN : Fact.Kind.HAS;
    return Statement.of(truth ? draw.one(passage.affirmed(kind)) : wrong(draw, passage, kind));
  }

  private static Fact wrong(Draw draw, Passage passage, Fact.Kind kind) {
    List<Fact> facts = passage.of(kind);
    List<Fact> denied = facts.stream().filter(Fact::negated).toList();
    if (!denied.isEmpty() && draw.chance(0.4)) {
      return draw.one(denied).affirmed();
    }
    Fact fact = draw.one(facts).affirmed();
    List<Fact> others = new ArrayList<>(facts);
    others.removeIf(f -> f.name().equals(fact.name()));
    if (kind == Fact.Kind.IN || others.isEmpty() || draw.chance(0.6)) {
      return fact.withName(
          draw.one(passage.people().stream().filter(n -> !n.equals(fact.name())).toList()));
    }
    Fact other = draw.one(others);
    return draw.chance(0.5)
        ? Fact.has(fact.name(), other.colour(), fact.thing())
        : Fact.has(fact.name(), fact.colour(), other.thing());
  }
}
