package io.buckbench.data.control;

/**
 * A held-out statement to be checked: which of two words does the model find likelier?
 *
 * @param prompt passage and statement, up to the verdict
 * @param wanted the verdict that is right, its space in front
 * @param unwanted the other one
 * @param level {@code presence} or {@code binding}
 */
public record StatementCheck(String prompt, String wanted, String unwanted, String level) {}
