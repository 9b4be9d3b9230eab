package io.buckbench.data;

import java.util.Optional;

/**
 * How a model family sets up its tokenizer.
 *
 * @param end token that ends an answer
 * @param pad token that fills a batch
 * @param front token that is put before every text; empty for none
 */
public record TokenizerRules(String end, String pad, Optional<String> front) {}
