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
 * Lists of words, each directly followed by its verdict or by the word that belongs to it. In this
 * dense form a small model learns to check in a hundred steps; whole sentences take thousands.
 */
final class WordLists {
  private WordLists() {}

  /** Words, of which half are in the passage: "kite there, lamp missing". */
  static List<Piece> words(Draw draw, Passage passage, int count) {
    List<String> all = new ArrayList<>(Lexicon.OBJECTS);
    Lexicon.NAMES.forEach(n -> all.add(Lexicon.capitalised(n)));
    all.addAll(Lexicon.COLOURS);
    all.addAll(Lexicon.PLACES);
    Set<String> said = new HashSet<>(Arrays.asList(passage.text().replace(".", "").split(" ")));
    List<String> there = draw.shuffled(all.stream().filter(said::contains).toList());
    List<String> missing = draw.shuffled(all.stream().filter(w -> !said.contains(w)).toList());
    Map<String, String> words = new LinkedHashMap<>();
    for (int i = 0; i < count / 2; i++) {
      if (i < there.size()) {
        words.put(there.get(i), "there");
      }
      words.put(missing.get(i), "missing");
    }
    return listed(draw, "\nWords:", words);
  }

  /** Things with their colours, and things and places with their persons: "kite red, boat blue". */
  static List<Piece> lookups(Draw draw, Passage passage) {
    Map<String, String> colours = new LinkedHashMap<>();
    Map<String, String> people = new LinkedHashMap<>();
    for (Fact fact : draw.shuffled(passage.facts())) {
      if (fact.relation() == Fact.Relation.HAS) {
        colours.put(fact.thing(), fact.colour());
      }
      people.put(fact.thing(), Lexicon.capitalised(fact.name()));
    }
    List<Piece> pieces = listed(draw, "\nColours:", colours);
    pieces.addAll(listed(draw, "\nPeople:", people));
    return pieces;
  }

  /** Words that belong together or not: "Nora kite right, Tom kite wrong, red kite right". */
  static List<Piece> pairs(Draw draw, Passage passage, int count) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      Fact fact = draw.one(passage.facts());
      List<Fact> others =
          passage.of(fact.relation()).stream().filter(f -> !f.name().equals(fact.name())).toList();
      boolean truth = others.isEmpty() || draw.chance(0.5);
      Fact other = truth ? fact : draw.one(others);
      boolean small = draw.chance(0.5);
      String name = small ? fact.name() : Lexicon.capitalised(fact.name());
      int form = fact.relation() == Fact.Relation.IN ? 1 : draw.between(0, 3);
      String words =
          switch (form) {
            case 0 -> fact.colour() + " " + other.thing();
            case 1 -> name + " " + other.thing();
            case 2 -> name + " " + other.colour();
            default -> name + " " + other.colour() + " " + other.thing();
          };
      // A colour belongs to its thing even if the fact is denied.
      pairs.put(words, truth && (form == 0 || !fact.negated()) ? "right" : "wrong");
    }
    return listed(draw, "\nPairs:", pairs);
  }

  private static List<Piece> listed(Draw draw, String head, Map<String, String> items) {
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
}
