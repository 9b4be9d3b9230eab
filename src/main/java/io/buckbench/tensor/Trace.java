package io.buckbench.tensor;

import ai.djl.pytorch.jni.JniUtils;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The calls of PyTorch's operators during some work, recorded by its profiler. */
final class Trace {
  private static final String OPERATOR = "aten::";

  /** Times are in microseconds. */
  private record Call(String operator, double start, double end) {}

  /** The calls of each thread, outer before inner ones. */
  private final List<List<Call>> threads;

  private Trace(List<List<Call>> threads) {
    this.threads = threads;
  }

  /** Records work, including its backward passes and functions in TorchScript. */
  static Trace of(Runnable work) {
    Torch.start();
    JniUtils.startProfile(false, false, false);
    Path file;
    try {
      file = Files.createTempFile("buckbench-trace", ".json");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a file for the profiler", e);
    }
    try {
      try {
        work.run();
      } finally {
        JniUtils.stopProfile(file.toString());
      }
      return read(new ObjectMapper().readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the profiler's trace", e);
    } finally {
      file.toFile().delete();
    }
  }

  private static Trace read(JsonNode events) {
    Map<String, List<Call>> byThread = new HashMap<>();
    for (JsonNode event : events) {
      String name = event.path("name").asText();
      if (name.startsWith(OPERATOR)) {
        double start = event.path("ts").asDouble();
        byThread
            .computeIfAbsent(event.path("tid").asText(), thread -> new ArrayList<>())
            .add(new Call(name, start, start + event.path("dur").asDouble()));
      }
    }
    Comparator<Call> outerFirst =
        Comparator.comparingDouble(Call::start)
            .thenComparing(Comparator.comparingDouble(Call::end).reversed());
    byThread.values().forEach(calls -> calls.sort(outerFirst));
    return new Trace(List.copyOf(byThread.values()));
  }

  /**
   * The operators that are counted: of nested calls the outermost ones that are not entered.
   *
   * @param entered whether to look at the calls inside a call of this operator instead
   */
  List<String> outermost(Predicate<String> entered) {
    List<String> operators = new ArrayList<>();
    for (List<Call> calls : threads) {
      Deque<Call> enclosing = new ArrayDeque<>();
      for (Call call : calls) {
        while (!enclosing.isEmpty() && enclosing.peek().end() <= call.start()) {
          enclosing.pop();
        }
        boolean counted = enclosing.isEmpty() || entered.test(enclosing.peek().operator());
        if (counted && !entered.test(call.operator())) {
          operators.add(call.operator());
        }
        if (counted) {
          enclosing.push(call);
        }
      }
    }
    return operators;
  }
}
