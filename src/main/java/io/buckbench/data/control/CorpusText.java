package io.buckbench.data.control;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A text of the pre-training corpus, in pieces that are marked if they follow from the text before.
 * Each piece begins at a token, so the tokens of the pieces are the tokens of the text.
 *
 * @param pieces the pieces, in order
 */
public record CorpusText(List<Piece> pieces) {
  /**
   * A piece of a text.
   *
   * @param text the text of the piece
   * @param answer whether it follows from the text before: a looked-up word or a verdict
   */
  public record Piece(String text, boolean answer) {}

  /** The whole text. */
  public String text() {
    return pieces.stream().map(Piece::text).collect(Collectors.joining());
  }
}
