package io.buckbench.data.control;

import io.buckbench.data.control.CorpusText.Piece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lists of words with a verdict right behind each: the densest form of checking, by which a small
 * model finds the skill in a hundred steps where whole sentences take thousands.
 */
final class WordLists {
  private WordLists() {}

  /** Words as the passage spells them, half of them said in it: "kite there, lamp missing". */
  static List<Piece> words(Draw draw, Passage passage, int count) {
    List<String> all = new ArrayList<>(Lexicon.OBJECTS);
    Lexicon.NAMES.forEach(n -> all.add(Lexicon.capitalised(n)));
    all.addAll(Lexicon.COLOURS);
    all.addAll(Lexicon.PLACES);
    Set<String> said = new HashSet<>(Arrays.asList(passage.text().replace(".", "").split(" ")));
    List<String> there = draw.shuffled(all.stream().filter(said::contains).toList());
    List<String> missing = draw.shuffled(all.stream().filter(w -> !said.contains(w)).toList());
    Map<String, Boolean> words = new LinkedHashMap<>();
    for (int i = 0; i < count / 2; i++) {
      if (i < there.size()) {
        words.put(there.get(i), true);
      }
      words.put(missing.get(i), false);
    }
    return listed(draw, "\nWords:", words, " there", " missing");
  }

  /** Each thing with its colour, each thing and place with its person: "kite red, boat blue". */
  static List<Piece> lookups(Draw draw, Passage passage) {
    Map<String, String> colours = new LinkedHashMap<>();
    Map<String, String> people = new LinkedHashMap<>();
    for (Fact fact : draw.shuffled(passage.facts())) {
      if (fact.relation() == Fact.Relation.HAS) {
        colours.put(fact.thing(), fact.colour());
      }
      people.put(fact.thing(), Lexicon.capitalised(fact.name()));
    }
    List<Piece> pieces = new ArrayList<>(lookedUp(draw, "\nColours:", colours));
    pieces.addAll(lookedUp(draw, "\nPeople:", people));
    return pieces;
  }

  private static List<Piece> lookedUp(Draw draw, String head, Map<String, String> items) {
    List<Piece> pieces = new ArrayList<>();
    String before = head;
    for (Map.Entry<String, String> item : draw.shuffled(List.copyOf(items.entrySet()))) {
      pieces.add(new Piece(before + " " + item.getKey(), false));
      pieces.add(new Piece(" " + item.getValue(), true));
      before = ",";
    }
    pieces.add(new Piece(".", false));
    return pieces;
  }

  /** Words that belong together or do not: "Nora kite right, Tom kite wrong, red kite right". */
  static List<Piece> pairs(Draw draw, Passage passage, int count) {
    Map<String, Boolean> pairs = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      Fact fact = draw.one(passage.facts());
      List<Fact> others =
          passage.of(fact.relation()).stream().filter(f -> !f.name().equals(fact.name())).toList();
      boolean truth = others.isEmpty() || draw.chance(0.5);
      Fact other = truth ? fact : draw.one(others);
      boolean small = draw.chance(0.5);
      String name = small ? fact.name() : Lexicon.capitalised(fact.name());
      if (fact.relation() == Fact.Relation.IN) {
        pairs.put(name + " " + other.thing(), truth && !fact.negated());
        continue;
      }
      switch (draw.between(0, 3)) {
        case 0 -> pairs.put(fact.colour() + " " + other.thing(), truth);
        case 1 -> pairs.put(name + " " + other.thing(), truth && !fact.negated());
        case 2 -> pairs.put(name + " " + other.colour(), truth && !fact.negated());
        default ->
            pairs.put(name + " " + other.colour() + " " + other.thing(), truth && !fact.negated());
      }
    }
    return listed(draw, "\nPairs:", pairs, " right", " wrong");
  }

  private static List<Piece> listed(
      Draw draw, String head, Map<String, Boolean> items, String good, String bad) {
    List<Piece> pieces = new ArrayList<>();
    pieces.add(new Piece(head, false));
    String comma = "";
    for (Map.Entry<String, Boolean> item : draw.shuffled(List.copyOf(items.entrySet()))) {
      pieces.add(new Piece(comma + " " + item.getKey(), false));
      pieces.add(new Piece(item.getValue() ? good : bad, true));
      comma = ",";
    }
    pieces.add(new Piece(".", false));
    return pieces;
  }
}
