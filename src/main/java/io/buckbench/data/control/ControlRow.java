package io.buckbench.data.control;

import io.buckbench.data.YesNoExample;

/**
 * One row of the control task as it is written.
 *
 * @param question lower case, no question mark
 * @param passage the text to be read
 * @param answer {@code true} for yes
 * @param level {@code presence} or {@code binding}
 */
public record ControlRow(String question, String passage, boolean answer, String level) {
  /** The row as a JSON line, without the line's end; the language has nothing to escape. */
  public String toJson() {
    return "{\"question\": \""
        + question
        + "\", \"passage\": \""
        + passage
        + "\", \"answer\": "
        + answer
        + ", \"level\": \""
        + level
        + "\"}";
  }

  /** The row as the rest of the house takes it. */
  public YesNoExample toExample(String id) {
    return new YesNoExample(id, question, passage, answer, level);
  }
}
