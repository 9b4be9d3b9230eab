package io.buckbench.peft;

/** Converts a text to the base model's token ids. */
@FunctionalInterface
public interface TextTokens {
  /** For adapters whose initialisation needs no text; throws if it is used. */
  TextTokens NONE =
      text -> {
        throw new io.buckbench.input.InvalidInputException(
            "prompt_tuning_init",
            "TEXT without a tokenizer",
            "the base model's tokenizer in its directory",
            "put tokenizer.json into the model's directory or choose RANDOM");
      };

  /** The ids, including any that the tokenizer puts before the text. */
  long[] ids(String text);
}
