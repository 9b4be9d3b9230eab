package io.buckbench.model;

import java.util.Map;
import java.util.Set;

/**
 * How a family's published checkpoints differ from {@link Architecture#weights}.
 *
 * @param omittedPrefix what some checkpoints leave off every name, since they were saved from the
 *     inner model; the empty string for none
 * @param tied tensors that a checkpoint may hold although they repeat a weight, by the end of their
 *     name, and the weight whose values they must have
 * @param ignored tensors that are no weights and are not read
 */
public record StoredNames(String omittedPrefix, Map<String, String> tied, Set<String> ignored) {}
