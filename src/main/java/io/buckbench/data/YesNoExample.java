package io.buckbench.data;

/**
 * One row of a yes/no reading task.
 *
 * @param id where it stands, unique in a data set, for example {@code validation.jsonl:17}
 * @param question lower case, no question mark, as BoolQ has it
 * @param passage the text to be read
 * @param answer {@code true} for yes
 * @param level the difficulty a data set declares, or the empty string
 */
public record YesNoExample(
    String id, String question, String passage, boolean answer, String level) {}
