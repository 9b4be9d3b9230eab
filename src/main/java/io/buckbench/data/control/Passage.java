package io.buckbench.data.control;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A short text of facts, each about a different person, thing and colour, with distractors. No
 * content word occurs twice, so word counts do not distinguish the facts.
 *
 * @param facts the facts, in the order of the text
 * @param people everybody named: the people of the facts, in their order, and then those of
 *     distractors ("Leo knows Iris.")
 * @param text the sentences
 */
record Passage(List<Fact> facts, List<String> people, String text) {
  /**
   * Draws a passage.
   *
   * @param having number of facts of the relation {@link Fact.Relation#HAS}
   * @param being number of facts of the relation {@link Fact.Relation#IN}
   * @param denied maximum number of denied facts; at least one of each relation stays affirmed
   * @param distractors number of sentences that are never asked about
   */
  static Passage draw(Draw draw, int having, int being, int denied, int distractors) {
    List<String> names = draw.some(Lexicon.NAMES, having + being + 2 * distractors);
    List<String> colours = draw.some(Lexicon.COLOURS, having);
    List<String> objects = draw.some(Lexicon.OBJECTS, having);
    List<String> places = draw.some(Lexicon.PLACES, being);
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < having; i++) {
      facts.add(Fact.has(names.get(i), colours.get(i), objects.get(i)));
    }
    for (int i = 0; i < being; i++) {
      facts.add(Fact.in(names.get(having + i), places.get(i)));
    }
    for (int i = 0; i < denied; i++) {
      deny(facts, draw);
    }
    facts = draw.shuffled(facts);
    List<String> sentences = facts.stream().map(Fact::sentence).collect(Collectors.toList());
    List<String> people = new ArrayList<>();
    facts.forEach(fact -> people.add(fact.name()));
    for (int i = 0; i < distractors; i++) {
      sentences.add(draw.between(0, sentences.size()), distractor(draw, names, people));
    }
    return new Passage(List.copyOf(facts), List.copyOf(people), String.join(" ", sentences));
  }

  private static void deny(List<Fact> facts, Draw draw) {
    List<Fact> open =
        facts.stream()
            .filter(f -> !f.negated())
            .filter(
                f ->
                    facts.stream().filter(g -> g.relation() == f.relation() && !g.negated()).count()
                        > 1)
            .toList();
    if (!open.isEmpty()) {
      Fact chosen = draw.one(open);
      facts.set(facts.indexOf(chosen), chosen.denied());
    }
  }

  private static String distractor(Draw draw, List<String> names, List<String> people) {
    if (draw.chance(0.5)) {
      return draw.one(Lexicon.REMARKS);
    }
    String one = names.get(people.size());
    String other = names.get(people.size() + 1);
    people.add(one);
    people.add(other);
    return Lexicon.capitalised(one) + " knows " + Lexicon.capitalised(other) + ".";
  }

  /** The affirmed facts of a relation. */
  List<Fact> affirmed(Fact.Relation relation) {
    return facts.stream().filter(f -> f.relation() == relation && !f.negated()).toList();
  }

  /** The facts of a relation, affirmed or denied. */
  List<Fact> of(Fact.Relation relation) {
    return facts.stream().filter(f -> f.relation() == relation).toList();
  }
}
