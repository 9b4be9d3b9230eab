package io.buckbench.suite;

import io.buckbench.data.Answers;
import io.buckbench.data.Prompt;
import io.buckbench.data.TestData;
import io.buckbench.data.bpe.BpeTrainer;
import io.buckbench.data.bpe.BpeVocabulary;
import io.buckbench.data.bpe.TokenizerJson;
import io.buckbench.data.control.ControlTokenizer;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.model.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A model of two layers with random weights, its tokenizer, and a few rows of the control task. */
public final class TinyProject {
  private TinyProject() {}

  /** Adds the model and the data to a project. */
  public static void fill(Path root) throws IOException {
    for (String split : List.of("train", "validation", "test")) {
      Path file = Path.of("datasets/control").resolve(split + ".jsonl");
      Path target = root.resolve("datasets/control").resolve(file.getFileName());
      Files.createDirectories(target.getParent());
      Files.write(target, Files.readAllLines(file).subList(0, split.equals("train") ? 48 : 12));
    }
    Path model = root.resolve("models/tiny");
    BpeTrainer trainer = new BpeTrainer();
    Prompt prompt = TestData.prompt("paper");
    TestData.yesNo(root.resolve("datasets/control/train.jsonl"))
        .forEach(e -> trainer.add(prompt.text(e) + prompt.target(Answers.YES_NO.word(e.answer()))));
    BpeVocabulary vocabulary = trainer.train(512, ControlTokenizer.RULES.special());
    Architecture shape =
        TestModels.opt(
            "vocab_size",
            vocabulary.size(),
            "hidden_size",
            32,
            "ffn_dim",
            64,
            "max_position_embeddings",
            160,
            "dropout",
            0.1,
            "init_std",
            0.08);
    try (CausalLM random = CausalLM.random(shape, 7)) {
      random.save(model, false);
    }
    TokenizerJson.write(vocabulary, ControlTokenizer.RULES, model.resolve("tokenizer.json"));
  }
}
