package io.buckbench.data;

import io.buckbench.input.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The texts that a model is shown: shots, prompt and chat template. A text that is too long loses
 * words at the end of the field that its prompt names.
 */
final class PromptText {
  private final Tokenizer tokenizer;
  private final Prompt prompt;
  private final Optional<ChatTemplate> chat;

  /** The shots, which are shown before each prompt. */
  private final String before;

  /**
   * Creates the texts of a prompt.
   *
   * @param shots examples with their answers, separated by an empty line; they are never cut
   * @param chat the template in which all of this is the user's message
   */
  PromptText(
      Tokenizer tokenizer,
      Prompt prompt,
      Answers answers,
      List<Example> shots,
      Optional<ChatTemplate> chat) {
    this.tokenizer = tokenizer;
    this.prompt = prompt;
    this.chat = chat;
    shots.forEach(prompt::requireFields);
    this.before =
        shots.stream()
            .map(s -> prompt.text(s) + prompt.target(answers.word(s.answer())) + "\n\n")
            .collect(Collectors.joining());
  }

  /** The whole text of an example. */
  String whole(Example example) {
    return shown(before + prompt.text(example));
  }

  /** The text of an answer after a prompt; after a chat template it has no white space. */
  String target(String word) {
    return chat.isPresent() ? prompt.target(word).strip() : prompt.target(word);
  }

  /**
   * The text with as many words of the field to cut as fit. The tokenizer never joins letters
   * across a space, so more words give more tokens, and a binary search finds the maximum. If not
   * even the first word fits, as in a language without spaces, it is cut within that word.
   *
   * @param room the most tokens of the text
   * @param maxTokens the most tokens of text and answer, for errors
   * @throws InvalidInputException if it does not fit even without the field to cut
   */
  String shortened(Example example, int room, int maxTokens) {
    String cut = prompt.cut();
    long[] none = tokenizer.encode(cut.isEmpty() ? whole(example) : text(example, 0));
    if (none.length > room) {
      throw new InvalidInputException(
          example.id(),
          none.length
              + " tokens"
              + (cut.isEmpty() ? "" : " without its " + cut)
              + ", prompt "
              + prompt.id()
              + (before.isEmpty() ? "" : " after the shots"),
          "at most " + room + ", since the answer takes the rest of " + maxTokens,
          "raise the maximum number of tokens, "
              + (before.isEmpty() ? "or remove the example" : "or lower shots"));
    }
    String field = example.field(cut);
    int[] words = wordEnds(field);
    int fits = most(example, words, room);
    if (words[fits] == 0) {
      int[] letters = letterEnds(field, words.length > 1 ? words[1] : field.length());
      return text(example, letters[most(example, letters, room)]);
    }
    return text(example, words[fits]);
  }

  /** The index of the last of some lengths, in ascending order from 0, that fits. */
  private int most(Example example, int[] lengths, int room) {
    int fits = 0;
    int tooMany = lengths.length;
    while (tooMany - fits > 1) {
      int middle = (fits + tooMany) >>> 1;
      if (tokenizer.encode(text(example, lengths[middle])).length <= room) {
        fits = middle;
      } else {
        tooMany = middle;
      }
    }
    return fits;
  }

  private String text(Example example, int length) {
    return shown(before + prompt.text(example, field -> field.substring(0, length)));
  }

  private String shown(String text) {
    return chat.map(template -> template.text(text)).orElse(text);
  }

  /** 0 and the end offset of each word but the last, if nothing follows that. */
  private static int[] wordEnds(String text) {
    List<Integer> ends = new ArrayList<>();
    ends.add(0);
    boolean inWord = false;
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      boolean space = Character.isWhitespace(text.codePointAt(at));
      if (space && inWord) {
        ends.add(at);
      }
      inWord = !space;
    }
    return ends.stream().mapToInt(Integer::intValue).toArray();
  }

  /** 0 and the end offset of each character before another offset. */
  private static int[] letterEnds(String text, int end) {
    return IntStream.concat(
            IntStream.of(0),
            IntStream.iterate(
                    0, at -> at < end, at -> at + Character.charCount(text.codePointAt(at)))
                .skip(1))
        .toArray();
  }
}
