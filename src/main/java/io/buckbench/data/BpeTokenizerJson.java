package io.buckbench.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The {@code tokenizer.json} of a model that published only its vocabulary and merges, in the terms
 * of the tokenizers library. As Transformers' GPT2Tokenizer: byte-level BPE that adds no space in
 * front, and a template that puts the family's front token first.
 */
final class BpeTokenizerJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  private static final String AGAIN = "fetch the tokenizer files again";

  private BpeTokenizerJson() {}

  static String of(
      Path vocabularyFile,
      String vocabulary,
      Path mergesFile,
      String merges,
      TokenizerRules rules) {
    ObjectNode ids = vocabulary(vocabularyFile, vocabulary, rules);
    ObjectNode root = JSON.createObjectNode().put("version", "1.0");
    ArrayNode added = root.putArray("added_tokens");
    for (String token : special(rules)) {
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
    rules
        .front()
        .ifPresent(
            token -> template(root.putObject("post_processor"), token, ids.get(token).asInt()));
    ObjectNode model = root.putObject("model").put("type", "BPE").put("fuse_unk", false);
    model.set("vocab", ids);
    merges(model.putArray("merges"), mergesFile, merges, ids);
    return root.toString();
  }

  private static Set<String> special(TokenizerRules rules) {
    Set<String> special = new LinkedHashSet<>(List.of(rules.pad(), rules.end()));
    rules.front().ifPresent(special::add);
    return special;
  }

  private static void byteLevel(ObjectNode node) {
    node.put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", true);
  }

  private static void template(ObjectNode node, String front, int id) {
    node.put("type", "TemplateProcessing");
    ArrayNode single = node.putArray("single");
    ArrayNode pair = node.putArray("pair");
    part(single, front, "A");
    part(pair, front, "A");
    part(pair, front, "B");
    ObjectNode token = node.putObject("special_tokens").putObject(front);
    token.put("id", front).putArray("ids").add(id);
    token.putArray("tokens").add(front);
  }

  private static void part(ArrayNode template, String front, String sequence) {
    template.addObject().putObject("SpecialToken").put("id", front).put("type_id", 0);
    template.addObject().putObject("Sequence").put("id", sequence).put("type_id", 0);
  }

  private static ObjectNode vocabulary(Path file, String text, TokenizerRules rules) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(file.toString(), e.getOriginalMessage(), "JSON", AGAIN, e);
    }
    Problems problems = new Problems();
    if (!(root instanceof ObjectNode ids)) {
      throw new InvalidInputException(
          file.toString(), "JSON " + root.getNodeType(), "an object of token to id", AGAIN);
    }
    ids.properties()
        .forEach(
            e -> {
              if (!e.getValue().canConvertToInt() || e.getValue().asInt() < 0) {
                problems.add(file + " key " + e.getKey(), e.getValue().toString(), "an id", AGAIN);
              }
            });
    for (String token : special(rules)) {
      if (!ids.has(token)) {
        problems.add(file.toString(), "no token " + token, "it, with its id", AGAIN);
      }
    }
    // Without an unknown token the library drops a byte it has no token for, and says nothing.
    for (int value = 0; value < 256; value++) {
      String token = Character.toString(ByteLetters.letter(value));
      if (!ids.has(token)) {
        problems.add(
            file.toString(),
            String.format(Locale.ROOT, "no token %s for byte 0x%02X", token, value),
            "a token for each of the 256 bytes",
            AGAIN);
      }
    }
    problems.throwIfAny();
    return ids;
  }

  private static void merges(ArrayNode node, Path file, String text, ObjectNode ids) {
    Problems problems = new Problems();
    int line = 0;
    for (String merge : text.split("\r?\n")) {
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
