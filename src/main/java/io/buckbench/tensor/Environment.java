package io.buckbench.tensor;

import com.sun.jna.NativeLibrary;

/** The process's own environment, which Java can read but not write. */
final class Environment {
  private Environment() {}

  /**
   * Sets a variable for native libraries loaded later, unless whoever started the process has set
   * it. {@code exec:java} runs inside Maven's JVM, whose environment no pom can change.
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

  /** The variable as a native library sees it, or {@code null}. */
  static String nativeValue(String name) {
    return isPosix()
        ? NativeLibrary.getProcess().getFunction("getenv").invokeString(new Object[] {name}, false)
        : System.getenv(name);
  }

  private static boolean isPosix() {
    return java.io.File.separatorChar == '/';
  }
}
