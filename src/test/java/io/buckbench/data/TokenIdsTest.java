package io.buckbench.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.files.Digests;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The token ids of both shipped prompts, cut prompts included. The digests were computed by commit
 * 39332db, in which prompts and data sets were part of the program.
 */
class TokenIdsTest {
  private static String digest(
      Tokenizer tokenizer, String prompt, List<Example> rows, int maxTokens) {
    ExampleTokenizer examples =
        new ExampleTokenizer(tokenizer, TestData.prompt(prompt), Answers.YES_NO, maxTokens);
    StringBuilder text = new StringBuilder();
    for (TokenizedExample example : examples.encode(rows)) {
      text.append(example.id())
          .append(Arrays.toString(example.promptIds()))
          .append(Arrays.toString(example.answerIds()))
          .append('\n');
    }
    return Digests.ofText(text.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "paper,validation,d383a6a4c537ce74697eabddffdbfe95c97812e21e246746371e684bb1a0b323",
    "harness,validation,3c85edc404a0e5e1281c682f1e1a6bb5d3984f64ab7d4e895c330fb23d804470",
    "harness,test,52ff4a8f49c145a13666c7042e6a310a669fb5fa6d3ad834006b529c42490c2b",
  })
  void the_control_task_has_the_ids_that_it_had(String prompt, String split, String sha256) {
    try (Tokenizer tokenizer =
        Tokenizer.open(
            Path.of("src/test/resources/parity/tokenizer"),
            TokenizerClass.BY_FILES,
            TokenizerTest.OPT)) {
      List<Example> rows = TestData.yesNo(Path.of("datasets/control", split + ".jsonl"));
      assertThat(digest(tokenizer, prompt, rows, 128)).isEqualTo(sha256);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "paper,train,8a2029d0a313216e73e2207e7cbc850f00b151c02915e7b091a5377e39a5fa23",
    "paper,validation,a1a41f23e8880eefeea46899867ee5e162d48cb07e28e71be961423de8445ee9",
    "paper,test,4e504d0398557f560733ee0271304ed56d29da9bd16b96af52f2165d70a7d1f8",
    "paper,clean-test,b6c86d4c42c275e57d9611cf1bb84c77d3840637692d38f2a5264f20785f6f49",
    "harness,train,fb677df87f1b52d5a45fcfa67012d71b7b55a87c1d202ad1e2f7943d78b81232",
    "harness,test,d0c1087d3d95e23e5e9367b20b79fe95aa614855796f162121d3636b68219bac",
    "harness,clean-validation,de7830f5fcaafaf4168fe17533ce4ef5cf0b3bd51a8c13d704e535d11efdf361",
  })
  @EnabledIfSystemProperty(
      named = "buckbench.boolq",
      matches = ".+",
      disabledReason = "needs BoolQ's files: fetch them, then -Dbuckbench.boolq=datasets/boolq")
  @EnabledIfSystemProperty(
      named = "buckbench.opt.tokenizer",
      matches = ".+",
      disabledReason = "needs OPT's vocab.json and merges.txt: -Dbuckbench.opt.tokenizer=DIR")
  void boolq_has_the_ids_that_it_had(String prompt, String part, String sha256) {
    DataSplits splits =
        new DataSet(
                "",
                "boolq",
                new DataSet.Files("train.jsonl", Optional.of("validation.jsonl"), Optional.empty()),
                "",
                new Division(true, List.of(80, 10, 10), 1),
                Map.of(),
                "",
                Answers.YES_NO.words(),
                DataSet.YES_NO_VALUES,
                Set.of(Example.QUESTION, Example.PASSAGE),
                part.startsWith("clean") ? Example.PASSAGE : "",
                List.of())
            .read(Path.of(System.getProperty("buckbench.boolq")));
    List<Example> rows =
        switch (part.replace("clean-", "")) {
          case "train" -> splits.train();
          case "validation" -> splits.validation();
          default -> splits.test();
        };
    try (Tokenizer tokenizer =
        Tokenizer.open(
            Path.of(System.getProperty("buckbench.opt.tokenizer")),
            TokenizerClass.BY_FILES,
            TokenizerTest.OPT)) {
      assertThat(digest(tokenizer, prompt, rows, 512)).isEqualTo(sha256);
    }
  }
}
