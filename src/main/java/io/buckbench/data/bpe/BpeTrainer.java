package io.buckbench.data.bpe;

import io.buckbench.data.bpe.BpeVocabulary.Merge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Learns byte-pair merges (Sennrich, Haddow and Birch 2016) within words, which are split as in
 * GPT-2.
 *
 * <p>The most frequent pair is merged first. Ties are resolved by the order of the characters, so
 * that the same text gives the same merges everywhere.
 */
public final class BpeTrainer {
  /** GPT-2's words: a run of letters, digits or other characters, with the space before it. */
  private static final Pattern WORD =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);

  private final Map<String, Long> words = new TreeMap<>();

  /** Counts the words of a text. */
  public void add(String text) {
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.merge(matcher.group(), 1L, Long::sum);
    }
  }

  /**
   * Merges until the vocabulary has its maximum size or every word is one token.
   *
   * @param size maximum number of tokens, including special tokens and bytes
   * @param special special tokens, which get the first ids
   */
  public BpeVocabulary train(int size, List<String> special) {
    Map<String, List<String>> spelt = new TreeMap<>();
    words.keySet().forEach(w -> spelt.put(w, ByteAlphabet.spell(w)));
    List<Merge> merges = new ArrayList<>();
    // Two merges may result in the same token, which counts once.
    Set<String> made = new HashSet<>();
    int room = size - BpeVocabulary.numbered(special, List.of()).size();
    while (made.size() < room) {
      Merge best = mostFrequent(spelt);
      if (best == null) {
        break;
      }
      merges.add(best);
      made.add(best.joined());
      spelt.replaceAll((word, tokens) -> merged(tokens, best));
    }
    return BpeVocabulary.numbered(special, merges);
  }

  private Merge mostFrequent(Map<String, List<String>> spelt) {
    Map<Merge, Long> counts = new HashMap<>();
    spelt.forEach(
        (word, tokens) -> {
          for (int i = 0; i + 1 < tokens.size(); i++) {
            counts.merge(new Merge(tokens.get(i), tokens.get(i + 1)), words.get(word), Long::sum);
          }
        });
    return counts.entrySet().stream()
        .min(
            Map.Entry.<Merge, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(e -> e.getKey().left())
                .thenComparing(e -> e.getKey().right()))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  private static List<String> merged(List<String> tokens, Merge merge) {
    List<String> result = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      boolean pair =
          i + 1 < tokens.size()
              && tokens.get(i).equals(merge.left())
              && tokens.get(i + 1).equals(merge.right());
      result.add(pair ? merge.joined() : tokens.get(i));
      i += pair ? 1 : 0;
    }
    return result;
  }
}
