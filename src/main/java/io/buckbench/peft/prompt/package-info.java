/**
 * Prompt tuning: a few rows that no token stands for are put in front of the embedded text, and
 * nothing but these rows is trained.
 *
 * <pre>
 *   [v1] [v2] ... [vP] [the] [cat] [sat]    rows before project_in
 *    '--- trained ---'  '--- frozen ---'
 * </pre>
 *
 * <p>Formula: {@code h0 = concat(P, E(tokens))}, then the frozen decoder. Paper: Lester et al.
 * 2021, "The Power of Scale for Parameter-Efficient Prompt Tuning",
 * https://arxiv.org/abs/2104.08691, section 2.
 *
 * <p>Seam: {@code VirtualTokens}. Shape: P (virtual tokens, word embedding width). The rows take
 * the first positions and lengthen mask and labels.
 *
 * <p>Initialisation (section 2.1 of the paper): RANDOM draws from a normal with deviation 1, as
 * PEFT's {@code nn.Embedding}; SAMPLE_VOCAB copies random word embeddings; TEXT copies the word
 * embeddings of a text, cut or repeated to length. None leaves the logits unchanged: the rows are
 * attended to from the first step.
 *
 * <p>Trainable: {@code virtual tokens x token_dim}.
 *
 * <p>Differences from PEFT: where {@code token_dim} is left out it is {@code word_embed_proj_dim},
 * the width of an embedding; PEFT takes {@code hidden_size}, which fails on opt-350m (512-wide
 * embeddings in a 1024-wide model). TEXT uses the base model's own tokenizer; {@code
 * tokenizer_name_or_path} is kept but not followed. Random numbers come from another generator.
 */
package io.buckbench.peft.prompt;
