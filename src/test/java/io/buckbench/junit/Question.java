package io.buckbench.junit;

/**
 * What a test item asks.
 *
 * @param question the question
 * @param passage the text that it is about
 */
public record Question(String question, String passage) {}
