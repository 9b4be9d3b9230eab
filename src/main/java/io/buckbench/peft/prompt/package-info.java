/**
 * Prompt tuning: a few trained rows, the virtual tokens, are prepended to the embedded text; the
 * model itself is frozen.
 *
 * <pre>
 *   [v1] [v2] ... [vP] [the] [cat] [sat]    rows of the token embedding's width
 *    '--- trained ---'  '--- frozen ---'
 * </pre>
 *
 * <p>Formula: {@code h0 = concat(P, E(tokens))}, then the frozen decoder. Paper: Lester et al.
 * 2021, "The Power of Scale for Parameter-Efficient Prompt Tuning",
 * https://arxiv.org/abs/2104.08691, section 2.
 *
 * <p>Seam: {@code VirtualTokens}. Shape: P (virtual tokens, embedding width). The rows take the
 * first positions and lengthen mask and labels. In OPT they are added before {@code project_in}.
 *
 * <p>Initialisation (section 2.1 of the paper): RANDOM is normal with standard deviation 1, as in
 * PEFT's {@code nn.Embedding}; SAMPLE_VOCAB copies random token embeddings; TEXT copies the token
 * embeddings of a text, truncated or repeated to length. All of them change the logits, since
 * attention sees the rows from the first step.
 *
 * <p>Trainable: {@code virtual tokens x token_dim}.
 *
 * <p>Differences from PEFT: the default of {@code token_dim} is the width of the token embedding;
 * PEFT's is the hidden size, which fails on opt-350m (512-wide embeddings in a 1024-wide model).
 * TEXT uses the base model's tokenizer; {@code tokenizer_name_or_path} is kept but not used.
 * Another random generator.
 */
package io.buckbench.peft.prompt;
