package io.buckbench.junit;

import ai.djl.util.cuda.CudaUtils;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a test, with the reason, if there is no CUDA device. */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresGpu.Condition.class)
public @interface RequiresGpu {
  /** Checks for CUDA devices with DJL. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      int devices = CudaUtils.getGpuCount();
      return devices > 0
          ? ConditionEvaluationResult.enabled(devices + " CUDA devices")
          : ConditionEvaluationResult.disabled(
              "needs a CUDA device, none was found (DJL looks for libcudart on the library path)");
    }
  }
}
