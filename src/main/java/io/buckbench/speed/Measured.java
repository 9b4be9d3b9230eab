package io.buckbench.speed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * What one method costs; {@code src/bench} writes the same keys for Transformers with PEFT.
 *
 * @param program what was measured
 * @param model the model's name
 * @param method the method file
 * @param precision float32 or mixed
 * @param device description of the device
 * @param threads threads of one operation on a CPU
 * @param rows rows of a step
 * @param microBatches micro-batches of a step
 * @param tokens tokens of a row
 * @param stepSeconds wall time of a step
 * @param tokensPerSecond tokens of the rows, without virtual tokens
 * @param productShare the time that the step's matrix products would take at this process's own
 *     rate, as a share of the step
 * @param launches kernels of a step, by {@link io.buckbench.tensor.Launches}
 * @param promptsPerSecond answers: likelihoods of two tokens and three generated tokens; null if
 *     not measured
 * @param peakBytes on a CPU the peak of the process's resident memory while training and answering;
 *     on a GPU its memory in use afterwards, which PyTorch's cache keeps at the peak; null if the
 *     system does not report it
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Measured(
    String program,
    String model,
    String method,
    String precision,
    String device,
    int threads,
    int rows,
    int microBatches,
    int tokens,
    Spread stepSeconds,
    Spread tokensPerSecond,
    Double productShare,
    Long launches,
    Spread promptsPerSecond,
    Long peakBytes) {}
