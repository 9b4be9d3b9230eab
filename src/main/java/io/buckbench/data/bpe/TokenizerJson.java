package io.buckbench.data.bpe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.files.WholeFiles;
import java.nio.file.Path;
import java.util.Optional;

/** Converts a vocabulary and the rules of a family to Hugging Face's {@code tokenizer.json}. */
public final class TokenizerJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TokenizerJson() {}

  /** Writes the file atomically, in UTF-8 and with a final line feed. */
  public static void write(BpeVocabulary vocabulary, BpeRules rules, Path file) {
    try {
      String json = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(of(vocabulary, rules));
      WholeFiles.write(file, json.replace("\r\n", "\n") + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }

  /**
   * The content of the file.
   *
   * @param vocabulary a vocabulary with all special tokens of the rules
   */
  public static ObjectNode of(BpeVocabulary vocabulary, BpeRules rules) {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", "1.0").putNull("truncation").putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
    rules.special().forEach(token -> add(added.addObject(), token, vocabulary.ids().get(token)));
    root.putNull("normalizer");
    byteLevel(root.putObject("pre_tokenizer"), rules);
    rules
        .first()
        .ifPresentOrElse(
            first -> template(root.putObject("post_processor"), first, vocabulary, rules),
            () -> root.putNull("post_processor"));
    byteLevel(root.putObject("decoder"), rules);
    model(root.putObject("model"), vocabulary, rules);
    return root;
  }

  private static void add(ObjectNode node, String token, int id) {
    node.put("id", id)
        .put("content", token)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", true);
  }

  private static void byteLevel(ObjectNode node, BpeRules rules) {
    node.put("type", "ByteLevel")
        .put("add_prefix_space", rules.addPrefixSpace())
        .put("trim_offsets", true)
        .put("use_regex", true);
  }

  private static void template(
      ObjectNode node, String first, BpeVocabulary vocabulary, BpeRules rules) {
    node.put("type", "TemplateProcessing");
    text(node.putArray("single"), rules.first(), "A", 0);
    ArrayNode pair = node.putArray("pair");
    text(pair, rules.first(), "A", 0);
    boolean each = rules.firstOfEach();
    text(pair, each ? rules.first() : Optional.empty(), "B", each ? 0 : 1);
    ObjectNode special = node.putObject("special_tokens").putObject(first);
    special.put("id", first).putArray("ids").add(vocabulary.ids().get(first));
    special.putArray("tokens").add(first);
  }

  private static void text(ArrayNode template, Optional<String> first, String sequence, int type) {
    first.ifPresent(
        token -> template.addObject().putObject("SpecialToken").put("id", token).put("type_id", 0));
    template.addObject().putObject("Sequence").put("id", sequence).put("type_id", type);
  }

  private static void model(ObjectNode model, BpeVocabulary vocabulary, BpeRules rules) {
    model.put("type", "BPE").putNull("dropout").put("unk_token", rules.unknown().orElse(null));
    model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
    model.put("fuse_unk", false).put("byte_fallback", false);
    ObjectNode ids = model.putObject("vocab");
    vocabulary.ids().forEach(ids::put);
    ArrayNode merges = model.putArray("merges");
    // All versions of the tokenizers library can read the older form, "left right".
    vocabulary.merges().forEach(merge -> merges.add(merge.left() + " " + merge.right()));
  }
}
