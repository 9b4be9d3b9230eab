package io.buckbench.data.bpe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.data.bpe.BpeVocabulary.Merge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A vocabulary as Hugging Face's {@code tokenizer.json}: byte-level BPE, {@code </s>} put in front
 * of each text as OPT does.
 */
public final class TokenizerJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FIRST = "</s>";

  private TokenizerJson() {}

  /** Writes the file, in UTF-8 and with a line feed at its end. */
  public static void write(BpeVocabulary vocabulary, Path file) {
    try {
      String json = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(of(vocabulary));
      Files.writeString(file, json.replace("\r\n", "\n") + "\n", StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file's content. */
  static ObjectNode of(BpeVocabulary vocabulary) {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", "1.0").putNull("truncation").putNull("padding");
    root.set("added_tokens", addedTokens());
    root.putNull("normalizer");
    root.set("pre_tokenizer", byteLevel());
    root.set("post_processor", postProcessor());
    root.set("decoder", byteLevel());
    root.set("model", model(vocabulary));
    return root;
  }

  private static ArrayNode addedTokens() {
    ArrayNode added = JSON.createArrayNode();
    for (String token : BpeVocabulary.SPECIAL) {
      added
          .addObject()
          .put("id", BpeVocabulary.SPECIAL.indexOf(token))
          .put("content", token)
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", true);
    }
    return added;
  }

  private static ObjectNode byteLevel() {
    return JSON.createObjectNode()
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", true);
  }

  private static ObjectNode postProcessor() {
    ObjectNode template = JSON.createObjectNode().put("type", "TemplateProcessing");
    ArrayNode single = template.putArray("single");
    single.add(special());
    single.add(sequence("A", 0));
    ArrayNode pair = template.putArray("pair");
    pair.add(special());
    pair.add(sequence("A", 0));
    pair.add(sequence("B", 1));
    ObjectNode first = template.putObject("special_tokens").putObject(FIRST);
    first.put("id", FIRST);
    first.putArray("ids").add(BpeVocabulary.SPECIAL.indexOf(FIRST));
    first.putArray("tokens").add(FIRST);
    return template;
  }

  private static ObjectNode special() {
    ObjectNode node = JSON.createObjectNode();
    node.putObject("SpecialToken").put("id", FIRST).put("type_id", 0);
    return node;
  }

  private static ObjectNode sequence(String id, int type) {
    ObjectNode node = JSON.createObjectNode();
    node.putObject("Sequence").put("id", id).put("type_id", type);
    return node;
  }

  private static ObjectNode model(BpeVocabulary vocabulary) {
    ObjectNode model = JSON.createObjectNode().put("type", "BPE");
    model.putNull("dropout").put("unk_token", "<unk>").putNull("continuing_subword_prefix");
    model.putNull("end_of_word_suffix").put("fuse_unk", false).put("byte_fallback", false);
    ObjectNode ids = model.putObject("vocab");
    List<String> tokens = vocabulary.tokens();
    for (int id = 0; id < tokens.size(); id++) {
      ids.put(tokens.get(id), id);
    }
    ArrayNode merges = model.putArray("merges");
    for (Merge merge : vocabulary.merges()) {
      // The older spelling, "left right", is read by every version of the tokenizers library.
      merges.add(merge.left() + " " + merge.right());
    }
    return model;
  }
}
