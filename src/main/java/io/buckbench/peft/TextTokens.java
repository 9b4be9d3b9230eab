package io.buckbench.peft;

/** Turns a text into the base model's token ids. */
@FunctionalInterface
public interface TextTokens {
  /** For adapters whose initialisation asks for no text; asking is an error. */
  TextTokens NONE =
      text -> {
        throw new io.buckbench.input.InvalidInputException(
            "prompt_tuning_init",
            "TEXT, with no tokenizer at hand",
            "the base model's tokenizer beside its weights",
            "put tokenizer.json into the model's directory or choose RANDOM");
      };

  /** The ids, with whatever the tokenizer puts in front. */
  long[] ids(String text);
}
