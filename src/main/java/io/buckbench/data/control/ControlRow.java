package io.buckbench.data.control;

/**
 * One row of the control task.
 *
 * @param question lower case, no question mark
 * @param passage the text to be read
 * @param answer {@code true} for yes
 * @param level {@code presence} or {@code binding}
 */
public record ControlRow(String question, String passage, boolean answer, String level) {}
