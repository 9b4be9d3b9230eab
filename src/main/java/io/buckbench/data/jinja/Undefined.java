package io.buckbench.data.jinja;

/**
 * What a missing variable, key or attribute is. It is false, and printed as nothing; it cannot be
 * used otherwise.
 *
 * @param name what is missing, for messages
 */
record Undefined(String name) {}
