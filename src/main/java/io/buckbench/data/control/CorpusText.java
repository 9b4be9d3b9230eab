package io.buckbench.data.control;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One text of the pre-training corpus, in pieces that tell which of it can be known from the text
 * before.
 *
 * <p>Pieces begin where a token begins, so tokens of the pieces are the tokens of the text.
 *
 * @param pieces in order
 */
public record CorpusText(List<Piece> pieces) {
  /**
   * A stretch of the text.
   *
   * @param text what is written
   * @param answer whether it follows from what stands before: a looked-up word or a verdict
   */
  public record Piece(String text, boolean answer) {}

  /** The whole text. */
  public String text() {
    return pieces.stream().map(Piece::text).collect(Collectors.joining());
  }
}
