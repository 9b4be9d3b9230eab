package io.buckbench.fuzz;

import io.buckbench.input.InvalidInputException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Opens tokenizers in another process, since the native library of a damaged one may end it. The
 * process is started at the first use and after each end.
 */
final class TokenizerClient implements AutoCloseable {
  private Process process;
  private BufferedWriter requests;
  private BufferedReader replies;

  void open(Path tokenizer) throws IOException {
    if (process == null) {
      start();
    }
    requests.write(tokenizer.getParent().toString());
    requests.newLine();
    requests.flush();
    String reply = replies.readLine();
    if (reply == null) {
      close();
      throw new IllegalStateException("the process of the native library ended");
    }
    if (reply.startsWith(TokenizerMain.REFUSED)) {
      String message = reply.substring(TokenizerMain.REFUSED.length());
      throw new InvalidInputException(message, "-", "-", "-");
    }
    if (!reply.equals(TokenizerMain.OK)) {
      throw new IllegalStateException(reply);
    }
  }

  private void start() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                TokenizerMain.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    requests = process.outputWriter(StandardCharsets.UTF_8);
    replies = process.inputReader(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
      process = null;
    }
  }
}
