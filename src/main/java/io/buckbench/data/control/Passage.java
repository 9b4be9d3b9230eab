package io.buckbench.data.control;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A short text of facts, each about another person, thing and colour, and a distractor or two.
 *
 * <p>No content word stands twice, so counting words cannot tell one fact from another.
 *
 * @param facts in the text's order
 * @param bystanders people named only in a distractor ("Leo knows Iris.")
 * @param text the sentences
 */
record Passage(List<Fact> facts, List<String> bystanders, String text) {
  /**
   * Draws a passage.
   *
   * @param having facts of the relation {@link Fact.Relation#HAS}
   * @param being facts of the relation {@link Fact.Relation#IN}
   * @param denied how many of them are denied; at least one of each kind stays affirmed if the
   *     caller leaves room
   * @param distractors sentences that say nothing asked for
   */
  static Passage draw(Draw draw, int having, int being, int denied, int distractors) {
    int people = having + being;
    List<String> names = draw.some(Lexicon.NAMES, people + 2 * distractors);
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
      // Denials alternate between the kinds, from a random one, so that neither loses them all.
      deny(facts, draw);
    }
    facts = draw.shuffled(facts);
    List<String> sentences = facts.stream().map(Fact::sentence).collect(Collectors.toList());
    List<String> bystanders = new ArrayList<>();
    for (int i = 0; i < distractors; i++) {
      sentences.add(draw.between(0, sentences.size()), distractor(draw, names, bystanders, people));
    }
    return new Passage(List.copyOf(facts), List.copyOf(bystanders), String.join(" ", sentences));
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

  private static String distractor(
      Draw draw, List<String> names, List<String> bystanders, int people) {
    if (draw.chance(0.5)) {
      return draw.one(Lexicon.REMARKS);
    }
    String one = names.get(people + bystanders.size());
    String other = names.get(people + bystanders.size() + 1);
    bystanders.add(one);
    bystanders.add(other);
    return Lexicon.capitalised(one) + " knows " + Lexicon.capitalised(other) + ".";
  }

  /** Facts of one kind that the text affirms. */
  List<Fact> affirmed(Fact.Relation relation) {
    return facts.stream().filter(f -> f.relation() == relation && !f.negated()).toList();
  }

  /** Facts of one kind, affirmed or denied. */
  List<Fact> of(Fact.Relation relation) {
    return facts.stream().filter(f -> f.relation() == relation).toList();
  }

  /** Everybody named, in the facts' order, bystanders behind. */
  List<String> people() {
    List<String> people = new ArrayList<>();
    facts.forEach(f -> people.add(f.name()));
    people.addAll(bystanders);
    return people;
  }
}
