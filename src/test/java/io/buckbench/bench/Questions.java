package io.buckbench.bench;

import io.buckbench.data.DataSplits;
import io.buckbench.data.Example;
import io.buckbench.data.Split;
import io.buckbench.junit.Project;
import io.buckbench.junit.Question;
import io.buckbench.record.RunRecord;
import io.buckbench.suite.DataSets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The test items of trials by id, read once for each data set. */
final class Questions implements Function<RunRecord, Map<String, Question>> {
  private final Map<String, Map<String, Question>> read = new HashMap<>();

  @Override
  public Map<String, Question> apply(RunRecord run) {
    String data = run.declared().value("data");
    Split split = run.declared().split();
    return read.computeIfAbsent(data + " " + split, key -> questions(data, split));
  }

  private static Map<String, Question> questions(String data, Split split) {
    DataSets declared = Project.HERE.benchmarks().dataSets();
    if (declared.sha256(data).isEmpty()) {
      // Records of another machine can be judged without its data.
      return Map.of();
    }
    DataSplits splits = declared.read(data);
    Map<String, Question> questions = new LinkedHashMap<>();
    for (Example e : split == Split.TEST ? splits.test() : splits.validation()) {
      questions.put(e.id(), question(e));
    }
    return questions;
  }

  /** An example without a question and a passage is shown with all its texts. */
  private static Question question(Example example) {
    Map<String, String> texts = new LinkedHashMap<>(example.fields());
    String question = texts.getOrDefault(Example.QUESTION, "");
    texts.remove(Example.QUESTION);
    return new Question(question, String.join("\n", texts.values()));
  }
}
