package io.buckbench.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.input.InputText;
import io.buckbench.input.JsonObject;
import io.buckbench.input.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The {@code tokenizer.json} that OPT never published, from the vocabulary and merges it did. What
 * Transformers' GPT2Tokenizer does with OPT's settings, in the words of the tokenizers library:
 * byte-level BPE without a space in front, one template that puts {@code </s>} first.
 */
final class OptTokenizerJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String AGAIN = "fetch the tokenizer files again";

  private OptTokenizerJson() {}

  static String of(Path vocabulary, Path merges) {
    ObjectNode ids = vocabulary(vocabulary);
    ObjectNode root = JSON.createObjectNode().put("version", "1.0");
    ArrayNode added = root.putArray("added_tokens");
    for (String token : List.of(Tokenizer.PAD, Tokenizer.END)) {
      added
          .addObject()
          .put("id", ids.get(token).asInt())
          .put("content", token)
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", true);
    }
    byteLevel(root.putObject("pre_tokenizer"));
    byteLevel(root.putObject("decoder"));
    template(root.putObject("post_processor"), ids.get(Tokenizer.END).asInt());
    ObjectNode model = root.putObject("model").put("type", "BPE").put("fuse_unk", false);
    model.set("vocab", ids);
    merges(model.putArray("merges"), merges, ids);
    return root.toString();
  }

  private static void byteLevel(ObjectNode node) {
    node.put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", true);
  }

  private static void template(ObjectNode node, int endId) {
    node.put("type", "TemplateProcessing");
    ArrayNode single = node.putArray("single");
    ArrayNode pair = node.putArray("pair");
    part(single, "A", 0);
    part(pair, "A", 0);
    part(pair, "B", 0);
    ObjectNode end = node.putObject("special_tokens").putObject(Tokenizer.END);
    end.put("id", Tokenizer.END).putArray("ids").add(endId);
    end.putArray("tokens").add(Tokenizer.END);
  }

  private static void part(ArrayNode template, String sequence, int type) {
    template.addObject().putObject("SpecialToken").put("id", Tokenizer.END).put("type_id", type);
    template.addObject().putObject("Sequence").put("id", sequence).put("type_id", type);
  }

  private static ObjectNode vocabulary(Path file) {
    JsonObject vocabulary = JsonObject.read(file, "an object of token to id", AGAIN);
    ObjectNode ids = JSON.createObjectNode();
    for (Map.Entry<String, JsonNode> token : vocabulary.properties()) {
      vocabulary
          .required(token.getKey(), n -> n.canConvertToInt() && n.asInt() >= 0, "an id")
          .ifPresent(id -> ids.set(token.getKey(), id));
    }
    for (String token : List.of(Tokenizer.END, Tokenizer.PAD)) {
      if (!vocabulary.has(token)) {
        vocabulary.problem(token, "no token " + token, "it, with its id", AGAIN);
      }
    }
    // Without an unknown token the library drops a byte it has no token for, and says nothing.
    for (int value = 0; value < 256; value++) {
      String token = Character.toString(ByteLetters.letter(value));
      if (!vocabulary.has(token)) {
        vocabulary.problem(
            token,
            String.format(Locale.ROOT, "no token %s for byte 0x%02X", token, value),
            "a token for each of the 256 bytes",
            AGAIN);
      }
    }
    vocabulary.throwIfAny();
    return ids;
  }

  private static void merges(ArrayNode node, Path file, ObjectNode ids) {
    Problems problems = new Problems();
    int line = 0;
    for (String merge : InputText.read(file, "a vocabulary's merges").split("\r?\n")) {
      line++;
      if (merge.isEmpty() || (line == 1 && merge.startsWith("#version"))) {
        continue;
      }
      String[] halves = merge.split(" ", -1);
      if (halves.length != 2
          || !ids.has(halves[0])
          || !ids.has(halves[1])
          || !ids.has(halves[0] + halves[1])) {
        problems.add(
            file + ":" + line, merge, "two tokens of the vocabulary whose join is a third", AGAIN);
      }
      node.add(merge);
    }
    problems.throwIfAny();
  }
}
