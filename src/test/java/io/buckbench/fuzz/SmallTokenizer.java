package io.buckbench.fuzz;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.data.TestData;
import io.buckbench.data.TokenizerRules;
import io.buckbench.data.bpe.BpeTrainer;
import io.buckbench.data.bpe.BpeVocabulary;
import io.buckbench.data.bpe.TokenizerJson;
import io.buckbench.data.control.ControlTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A tokenizer of the control task with few merges. */
final class SmallTokenizer {
  static final List<String> SPECIAL = ControlTokenizer.RULES.special();

  /** The rules of its family. */
  static final TokenizerRules RULES = new TokenizerRules("</s>", "<pad>", Optional.of("</s>"));

  private SmallTokenizer() {}

  private static BpeVocabulary vocabulary() {
    BpeTrainer trainer = new BpeTrainer();
    TestData.yesNo(Path.of("datasets/control/validation.jsonl")).stream()
        .limit(10)
        .forEach(e -> trainer.add(TestData.prompt("paper").text(e)));
    return trainer.train(270, SPECIAL);
  }

  static void write(Path tokenizer) throws IOException {
    TokenizerJson.write(vocabulary(), ControlTokenizer.RULES, tokenizer);
  }

  static void writePublished(Path vocabulary, Path merges) throws IOException {
    BpeVocabulary bpe = vocabulary();
    ObjectNode ids = new JsonMapper().createObjectNode();
    bpe.ids().forEach(ids::put);
    Files.writeString(vocabulary, ids.toString());
    StringBuilder lines = new StringBuilder("#version: 0.2\n");
    bpe.merges().forEach(m -> lines.append(m.left() + " " + m.right() + "\n"));
    Files.writeString(merges, lines);
  }
}
