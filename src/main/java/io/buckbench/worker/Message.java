package io.buckbench.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.buckbench.record.Declaration;
import io.buckbench.train.StepMetric;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a worker and the process that started it tell each other. Each message is a line of JSON: on
 * the worker's standard input {@link Open} once and then a {@link Run} for each trial, on its
 * standard output an answer to {@link Open} and the progress and end of each trial.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "message")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Message.Open.class, name = "open"),
  @JsonSubTypes.Type(value = Message.Run.class, name = "run"),
  @JsonSubTypes.Type(value = Message.Ready.class, name = "ready"),
  @JsonSubTypes.Type(value = Message.Lost.class, name = "lost"),
  @JsonSubTypes.Type(value = Message.Stepped.class, name = "stepped"),
  @JsonSubTypes.Type(value = Message.Answered.class, name = "answered"),
  @JsonSubTypes.Type(value = Message.Stop.class, name = "stop"),
  @JsonSubTypes.Type(value = Message.Stopped.class, name = "stopped"),
  @JsonSubTypes.Type(value = Message.Finished.class, name = "finished"),
  @JsonSubTypes.Type(value = Message.Refused.class, name = "refused")
})
sealed interface Message {
  /**
   * To the worker: read this project and compute something on the device.
   *
   * @param workers number of workers, for the records
   * @param resume whether a stopped training continues from its snapshot
   */
  record Open(WorkerProject project, int workers, boolean resume) implements Message {}

  /** To the worker: stop after the current step, and keep a training snapshot. */
  record Stop() implements Message {}

  /**
   * To the worker: run a trial.
   *
   * @param suite the suite's name
   * @param declared the configuration; the suite must still declare it in this way
   */
  record Run(String suite, Declaration declared, long seed) implements Message {}

  /** The project was read and the device computes. */
  record Ready() implements Message {}

  /**
   * One element could not be written to the device and read back.
   *
   * @param reason the error
   */
  record Lost(String reason) implements Message {}

  /** As {@link io.buckbench.trial.TrialListener#stepped}. */
  record Stepped(StepMetric metric, BigDecimal spentUsd) implements Message {}

  /**
   * As {@link io.buckbench.trial.TrialListener#answered}.
   *
   * @param configuration the id of the trial's configuration or of a milestone
   */
  record Answered(String configuration, int items, int ofItems) implements Message {}

  /** The trial was stopped; it has no record. */
  record Stopped() implements Message {}

  /**
   * The trial's records are in the store.
   *
   * @param failed whether the trial failed; the worker then ends
   */
  record Finished(boolean failed) implements Message {}

  /**
   * An input cannot be used; nothing was written.
   *
   * @param reason all problems
   */
  record Refused(String reason) implements Message {}

  /** This message as a line, without the line's end. */
  default String line() {
    try {
      return Json.MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a message is always JSON", e);
    }
  }

  /** The message of a line; empty if the line is none, such as the output of a native library. */
  static Optional<Message> parse(String line) {
    try {
      return Optional.of(Json.MAPPER.readValue(line, Message.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The format of the lines. */
  final class Json {
    private static final JsonMapper MAPPER =
        JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private Json() {}
  }
}
