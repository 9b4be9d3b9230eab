package io.buckbench.model.blocks;

import java.util.List;

/** The sliding windows of Qwen2 and Qwen3, which are off unless the file switches them on. */
public final class QwenWindows {
  private static final int WINDOW = 4096;
  private static final int FULL_LAYERS = 28;

  private QwenWindows() {}

  /** The window of each layer; 0 for all keys. */
  public static List<Integer> read(ConfigKeys keys, int layers) {
    int window = keys.window(WINDOW);
    int first = keys.size("max_window_layers", FULL_LAYERS);
    boolean on = keys.json().flag("use_sliding_window", false);
    return keys.windows(layers, on ? window : 0, first);
  }
}
