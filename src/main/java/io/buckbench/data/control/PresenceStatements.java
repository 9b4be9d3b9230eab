package io.buckbench.data.control;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Statements of the level {@code presence}: is the thing in the text at all.
 *
 * <p>The kind of word is drawn before the answer plays a part and the word uniformly among those
 * with that answer; all words of a kind are alike, so the question alone says nothing.
 */
final class PresenceStatements {
  private PresenceStatements() {}

  /** A statement about the passage that is true or false as wanted. */
  static Statement draw(Draw draw, Passage passage, boolean truth) {
    double kind = draw.unit();
    if (kind < 0.4) {
      return Statement.mention(
          "a " + word(draw, Lexicon.OBJECTS, said(passage, Fact.Relation.HAS, Fact::thing), truth));
    }
    if (kind < 0.6) {
      return Statement.mention(word(draw, Lexicon.NAMES, Set.copyOf(passage.people()), truth));
    }
    if (kind < 0.8) {
      return Statement.mention(
          "something "
              + word(draw, Lexicon.COLOURS, said(passage, Fact.Relation.HAS, Fact::colour), truth));
    }
    return Statement.mention(
        "the " + word(draw, Lexicon.PLACES, said(passage, Fact.Relation.IN, Fact::thing), truth));
  }

  private static String word(Draw draw, List<String> all, Set<String> said, boolean truth) {
    return draw.one(all.stream().filter(w -> said.contains(w) == truth).toList());
  }

  private static Set<String> said(
      Passage passage, Fact.Relation relation, Function<Fact, String> word) {
    return passage.of(relation).stream().map(word).collect(Collectors.toSet());
  }
}
