package io.buckbench.data.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeldOutTextTest {
  @Test
  void it_repeats_and_is_not_in_the_pre_training_corpus() {
    List<String> texts = HeldOutText.draw(64);
    assertThat(texts).hasSize(64).doesNotHaveDuplicates().isEqualTo(HeldOutText.draw(64));
    ControlCorpus trained = new ControlCorpus(1, Curriculum.OPT_NANO);
    Set<String> passages = new HashSet<>();
    for (int step = 900; step < 2500; step++) {
      trained.batch(step, 16).forEach(text -> passages.add(text.pieces().get(0).text()));
    }
    assertThat(texts).noneMatch(text -> passages.stream().anyMatch(text::startsWith));
  }
}
