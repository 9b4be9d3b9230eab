package io.buckbench.fuzz;

import io.buckbench.data.Tokenizer;
import io.buckbench.data.TokenizerClass;
import io.buckbench.input.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Opens and uses the tokenizer of each folder that is named on a line of standard input. */
final class TokenizerMain {
  static final String OK = "ok";
  static final String REFUSED = "refused ";
  static final String FAULT = "fault ";

  private TokenizerMain() {}

  public static void main(String[] args) throws IOException {
    PrintStream out = System.out;
    System.setOut(System.err);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(use(Path.of(line)).replace('\n', ' '));
      out.flush();
    }
  }

  private static String use(Path folder) {
    try (Tokenizer tokenizer =
        Tokenizer.open(folder, TokenizerClass.BY_FILES, Optional.of(SmallTokenizer.RULES))) {
      for (String text : new String[] {"", "Is it?\nyes", "<pad></s> \uD83D\uDE00 \0", "éa  "}) {
        tokenizer.encodeContinuation(text);
        tokenizer.decode(tokenizer.encode(text), true);
      }
      return OK;
    } catch (InvalidInputException e) {
      return REFUSED + e.getMessage();
    } catch (RuntimeException | Error e) {
      return FAULT + e + " at " + (e.getStackTrace().length == 0 ? "" : e.getStackTrace()[0]);
    }
  }
}
