package io.buckbench.model;

import java.util.List;

/**
 * The modules that PEFT hooks where a method's file names none: the family's line in
 * peft/utils/constants.py.
 *
 * @param lora for LoRA
 * @param ia3 for IA3
 * @param ia3FeedForward those of {@code ia3} whose input is scaled and not their output
 */
public record TargetDefaults(List<String> lora, List<String> ia3, List<String> ia3FeedForward) {}
