package io.buckbench.tensor;

import com.sun.jna.NativeLibrary;
import java.io.File;

/** The environment of this process, which Java itself cannot change. */
final class Environment {
  private Environment() {}

  /**
   * Sets a variable for native libraries that are loaded later, unless it was set when the process
   * started. {@code exec:java} runs in Maven's JVM, whose environment a pom cannot change.
   */
  static void setIfAbsent(String name, String value) {
    if (System.getenv(name) != null || !isPosix()) {
      return;
    }
    int overwrite = 0;
    NativeLibrary.getProcess()
        .getFunction("setenv")
        .invokeInt(new Object[] {name, value, overwrite});
  }

  /** The value that native libraries see, or {@code null}. */
  static String nativeValue(String name) {
    return isPosix()
        ? NativeLibrary.getProcess().getFunction("getenv").invokeString(new Object[] {name}, false)
        : System.getenv(name);
  }

  private static boolean isPosix() {
    return File.separatorChar == '/';
  }
}
