package io.buckbench.peft.vera;

import io.buckbench.model.Architecture;
import io.buckbench.model.LinearModule;
import io.buckbench.peft.ModelModule;
import java.util.List;

/**
 * VeRA's frozen matrices. They are drawn as PEFT draws them, so that a key gives the same matrices
 * in both: uniform within sqrt(6 / fan in), from PyTorch's generator for the CPU.
 *
 * @param a (rank, in) row-major
 * @param b (out, rank) row-major
 * @param in largest width of a target's input
 * @param out largest width of a target's output
 */
record Projections(float[] a, float[] b, int in, int out) {
  static Projections of(VeraConfig config, Architecture model) {
    List<ModelModule> targets = config.targets(model);
    int in = VeraConfig.largest(targets, LinearModule::in);
    int out = VeraConfig.largest(targets, LinearModule::out);
    MersenneTwister random = new MersenneTwister(config.key());
    float[] a = uniform(random, Math.multiplyExact(config.rank(), in), in);
    float[] b = uniform(random, Math.multiplyExact(out, config.rank()), config.rank());
    return new Projections(a, b, in, out);
  }

  /** Uniform values in float32 arithmetic, with 24 random bits each, as in PyTorch. */
  private static float[] uniform(MersenneTwister random, int count, int fanIn) {
    double bound = Math.sqrt(3) * (Math.sqrt(2) / Math.sqrt(fanIn));
    float from = (float) -bound;
    float to = (float) bound;
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      float unit = (random.next() & 0xFFFFFF) * 0x1p-24f;
      values[i] = Math.fma(unit, to - from, from);
    }
    return values;
  }
}
