package io.buckbench.findings;

import io.buckbench.record.Declaration;
import java.util.Map;

/**
 * A row that hypotheses may compare with others.
 *
 * @param declared the row of the suite
 * @param methodSettings the keys of its method file with their values as text; empty if nothing is
 *     trained or the file is not known
 */
public record ComparedRow(Declaration declared, Map<String, String> methodSettings) {}
