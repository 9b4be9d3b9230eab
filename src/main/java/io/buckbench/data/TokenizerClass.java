package io.buckbench.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.input.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Transformers' classes of tokenizers. Transformers 5 reads {@code tokenizer.json} whole only for
 * {@link #AS_WRITTEN}. For the others it takes the vocabulary, the merges, the added tokens and the
 * post-processor from the file, and makes the rest anew as its class says (transformers 5.18,
 * {@code TokenizersBackend.convert_to_native_format}, and {@code tokenization_*.py} of the models);
 * so does this.
 */
public enum TokenizerClass {
  /** Everything as {@code tokenizer.json} says. */
  AS_WRITTEN("", Map.of()) {
    @Override
    void rebuild(ObjectNode root, JsonObject config) {}
  },

  /** Byte-level BPE (Radford et al. 2019). */
  GPT2("GPT2Tokenizer", ends(Optional.empty())) {
    @Override
    void rebuild(ObjectNode root, JsonObject config) {
      root.putNull("normalizer");
      root.set("pre_tokenizer", byteLevel(config, true));
      root.set("decoder", byteLevel(config, true));
      model(root, false).put("continuing_subword_prefix", "").put("end_of_word_suffix", "");
    }
  },

  /** Byte-level BPE after NFC. */
  GPT_NEOX("GPTNeoXTokenizer", ends(Optional.of("<|padding|>"))) {
    @Override
    void rebuild(ObjectNode root, JsonObject config) {
      GPT2.rebuild(root, config);
      root.set("normalizer", NODES.objectNode().put("type", "NFC"));
      // A token before each text is not taken over from the file.
      root.putNull("post_processor");
    }
  },

  /** Byte-level BPE after NFC, with tiktoken's way to divide a text. */
  QWEN2("Qwen2Tokenizer", ends(Optional.of("<|endoftext|>"))) {
    @Override
    void rebuild(ObjectNode root, JsonObject config) {
      GPT2.rebuild(root, config);
      root.set("normalizer", NODES.objectNode().put("type", "NFC"));
      ObjectNode sequence = root.putObject("pre_tokenizer").put("type", "Sequence");
      ArrayNode parts = sequence.putArray("pretokenizers");
      ObjectNode split = parts.addObject().put("type", "Split");
      split.putObject("pattern").put("Regex", QWEN_WORDS);
      split.put("behavior", "Isolated").put("invert", false);
      parts.add(byteLevel(config, false));
    }
  },

  /**
   * Sentencepiece's BPE, which spells what it does not know in bytes (Kudo and Richardson 2018).
   */
  LLAMA("LlamaTokenizer", Map.of("unk_token", "<unk>", "bos_token", "<s>", "eos_token", "</s>")) {
    @Override
    void rebuild(ObjectNode root, JsonObject config) {
      boolean prefix = config.flag("add_prefix_space", true);
      String first = config.flag("legacy", false) ? "always" : "first";
      root.putNull("normalizer");
      root.putObject("pre_tokenizer")
          .put("type", "Metaspace")
          .put("replacement", SPACE)
          .put("prepend_scheme", prefix ? first : "never")
          .put("split", false);
      ArrayNode decoders = root.putObject("decoder").put("type", "Sequence").putArray("decoders");
      ObjectNode replace = decoders.addObject().put("type", "Replace");
      replace.putObject("pattern").put("String", SPACE);
      replace.put("content", " ");
      decoders.addObject().put("type", "ByteFallback");
      decoders.addObject().put("type", "Fuse");
      if (prefix) {
        decoders
            .addObject()
            .put("type", "Strip")
            .put("content", " ")
            .put("start", 1)
            .put("stop", 0);
      }
      model(root, true).putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
    }
  };

  /**
   * The class that a family is registered with.
   *
   * @param kind the class if the files name none
   * @param overrides whether it is used even if the files name another
   */
  public record OfFamily(TokenizerClass kind, boolean overrides) {
    /** The class of a tokenizer whose {@code tokenizer_config.json} names one, or none. */
    TokenizerClass of(Optional<String> declared) {
      return overrides ? kind : declared.map(TokenizerClass::named).orElse(kind);
    }
  }

  /** Of a family that is not registered: the files decide. */
  public static final OfFamily BY_FILES = new OfFamily(AS_WRITTEN, false);

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String SPACE = "\u2581";
  private static final String QWEN_WORDS =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private final String python;
  private final Map<String, String> special;

  TokenizerClass(String python, Map<String, String> special) {
    this.python = python;
    this.special = special;
  }

  /** Replaces what the class does not take over from {@code tokenizer.json}. */
  abstract void rebuild(ObjectNode root, JsonObject config);

  /** The special tokens that it has if the files name none, by key. */
  Map<String, String> specialTokens() {
    return special;
  }

  private static TokenizerClass named(String declared) {
    String name = declared.replaceFirst("Fast$", "");
    return Arrays.stream(values())
        .filter(kind -> kind.python.equals(name))
        .findFirst()
        .orElse(AS_WRITTEN);
  }

  private static Map<String, String> ends(Optional<String> pad) {
    Map<String, String> tokens = new LinkedHashMap<>();
    for (String key : new String[] {"unk_token", "bos_token", "eos_token"}) {
      tokens.put(key, "<|endoftext|>");
    }
    pad.ifPresent(token -> tokens.put("pad_token", token));
    return tokens;
  }

  private static ObjectNode byteLevel(JsonObject config, boolean splits) {
    return NODES
        .objectNode()
        .put("type", "ByteLevel")
        .put("add_prefix_space", config.flag("add_prefix_space", false))
        .put("trim_offsets", true)
        .put("use_regex", splits);
  }

  private static ObjectNode model(ObjectNode root, boolean bytes) {
    JsonNode found = root.path("model");
    ObjectNode model = found.isObject() ? (ObjectNode) found : root.putObject("model");
    model.put("type", "BPE").putNull("dropout").putNull("unk_token");
    model.remove("ignore_merges");
    return model.put("fuse_unk", bytes).put("byte_fallback", bytes);
  }
}
