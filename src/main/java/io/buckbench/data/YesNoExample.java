package io.buckbench.data;

/**
 * One example of a yes/no reading task.
 *
 * @param id its place, unique in a data set, for example {@code validation.jsonl:17}
 * @param question in lower case and without a question mark, as in BoolQ
 * @param passage the text that the question is about
 * @param answer {@code true} for yes
 * @param level the difficulty that the data set declares, or the empty string
 */
public record YesNoExample(
    String id, String question, String passage, boolean answer, String level) {}
