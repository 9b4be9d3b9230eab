package io.buckbench.data.control;

import java.util.List;
import java.util.Locale;

/** The content words of the control language. No word is in two lists. */
final class Lexicon {
  /** First names, in lower case as in questions; sentences capitalise them. */
  static final List<String> NAMES =
      words(
          "nora tom anna ben clara david emma felix grace henry iris jack kate leo mia noah olga"
              + " paul rosa sam");

  /** Things that a person can have. None begins with a vowel, so the article is always "a". */
  static final List<String> OBJECTS =
      words(
          "kite boat hat drum lamp book cup ball bell coat key ring chair clock doll flute glove"
              + " mirror pencil scarf spoon vase whistle basket");

  /** Colours of things. */
  static final List<String> COLOURS = words("red blue green yellow white black brown pink");

  /** Places where a person can be. */
  static final List<String> PLACES = words("garden kitchen barn school market library tower park");

  /** Sentences that are not about a person. */
  static final List<String> REMARKS =
      List.of(
          "It is a cold day.",
          "The sun is out.",
          "It rains.",
          "The day is long.",
          "The wind is strong.",
          "It is late.");

  private Lexicon() {}

  /** The word with its first letter in upper case. */
  static String capitalised(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static List<String> words(String line) {
    return List.of(line.split(" "));
  }
}
