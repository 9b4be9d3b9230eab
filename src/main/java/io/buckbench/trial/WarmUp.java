package io.buckbench.trial;

import io.buckbench.data.TokenBatch;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Seams;
import io.buckbench.peft.Adapter;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Trial;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.Torch;
import io.buckbench.train.DivergedException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Computes one step and one answer on two tokens before the first trial of each precision in a
 * process. CUDA loads a kernel when it is first used, and libraries allocate their workspaces then;
 * no trial should pay for that. The warm-up loads a separate model and seeds the random streams
 * again at the end, so it does not change the bits of the trial.
 */
final class WarmUp implements BiConsumer<Trial, PreparedData> {
  /** The warm-up of this process; kernels are loaded once for a process. */
  static final WarmUp OF_PROCESS = new WarmUp();

  private record Kind(Precision precision, boolean trains) {}

  private final Set<Kind> done = new HashSet<>();

  /** Does nothing if the precision is already warm. */
  @Override
  public synchronized void accept(Trial trial, PreparedData data) {
    Configuration configuration = trial.configuration();
    boolean trains = configuration.method().trains();
    Kind kind = new Kind(configuration.precisionHere(), trains);
    if (done.contains(kind)) {
      return;
    }
    long token = data.tokenizer().orElseThrow().endId();
    try (CausalLM model = configuration.loadModel()) {
      if (trains) {
        AdapterTraining training = new AdapterTraining(trial, 1);
        try (Adapter adapter = training.attach(model, data.tokenizer().orElseThrow())) {
          training.step(model, adapter, twoOf(token));
          answer(model, adapter.seams(), token);
        } catch (DivergedException e) {
          // The kernels are loaded; the trial will report the divergence.
        }
      } else {
        answer(model, Seams.none(), token);
      }
    }
    Torch.emptyCache();
    Torch.seed(trial.seed());
    done.add(kind);
  }

  private static TokenBatch twoOf(long token) {
    long[][] ids = {{token, token}};
    return new TokenBatch(ids, new long[][] {{1, 1}}, ids);
  }

  private static void answer(CausalLM model, Seams seams, long token) {
    TokenBatch prompt = twoOf(token);
    long never = -1;
    model.generate(prompt.inputIds(), prompt.attentionMask(), 2, never, seams, token);
  }
}
