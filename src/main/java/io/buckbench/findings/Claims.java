package io.buckbench.findings;

import java.util.List;

/** Every kind of claim; a new one is its class and a line here. */
final class Claims {
  private Claims() {}

  static final List<Claim> ALL =
      List.of(
          new Beats(),
          new NoneBeats(),
          new AtLeast(),
          new AtMost(),
          new NoneAbove(),
          new StaysNear(),
          new MeanBeats(),
          new BestOfFamilyBeats(),
          new IncreasesWith());
}
