package io.buckbench.checkpoint;

import io.buckbench.input.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The only classes and functions that a state dict may name. */
enum TorchGlobal {
  ORDERED_DICT("collections.OrderedDict", null),
  REBUILD_TENSOR("torch._utils._rebuild_tensor", null),
  REBUILD_TENSOR_V2("torch._utils._rebuild_tensor_v2", null),
  REBUILD_PARAMETER("torch._utils._rebuild_parameter", null),
  DOUBLE_STORAGE("torch.DoubleStorage", DType.F64),
  FLOAT_STORAGE("torch.FloatStorage", DType.F32),
  HALF_STORAGE("torch.HalfStorage", DType.F16),
  BFLOAT16_STORAGE("torch.BFloat16Storage", DType.BF16),
  LONG_STORAGE("torch.LongStorage", DType.I64),
  INT_STORAGE("torch.IntStorage", DType.I32),
  SHORT_STORAGE("torch.ShortStorage", DType.I16),
  CHAR_STORAGE("torch.CharStorage", DType.I8),
  BYTE_STORAGE("torch.ByteStorage", DType.U8),
  BOOL_STORAGE("torch.BoolStorage", DType.BOOL);

  static final String DO_NOT_LOAD =
      "do not use this file: it is damaged or not a plain state dict; prefer safetensors";

  private static final Set<DType> FLOATING = Set.of(DType.F64, DType.F32, DType.F16, DType.BF16);

  private final String pythonName;
  private final DType dtype;

  TorchGlobal(String pythonName, DType dtype) {
    this.pythonName = pythonName;
    this.dtype = dtype;
  }

  static TorchGlobal named(String where, String pythonName) {
    for (TorchGlobal global : values()) {
      if (global.pythonName.equals(pythonName)) {
        return global;
      }
    }
    throw new InvalidInputException(
        where,
        "the class or function " + pythonName,
        Arrays.stream(values())
            .map(g -> g.pythonName)
            .collect(Collectors.joining(", ", "one of ", "")),
        DO_NOT_LOAD);
  }

  /** The element type of a storage class; null for a function or another class. */
  DType dtype() {
    return dtype;
  }

  /** The result of Python's call with these arguments. */
  Object call(String where, List<Object> arguments) {
    return switch (this) {
      case ORDERED_DICT -> {
        arity(where, arguments, 0, 0);
        yield new LinkedHashMap<>();
      }
      case REBUILD_TENSOR -> {
        arity(where, arguments, 4, 4);
        yield tensor(where, arguments, false);
      }
      case REBUILD_TENSOR_V2 -> {
        // After the first four: requires_grad, hooks and, since PyTorch 2, metadata.
        arity(where, arguments, 6, 7);
        yield tensor(where, arguments, arguments.size() == 7 && isNegated(where, arguments.get(6)));
      }
      case REBUILD_PARAMETER -> {
        arity(where, arguments, 3, 3);
        if (!(arguments.get(0) instanceof TorchTensor)) {
          throw unfit(where, "a parameter around " + PickleMachine.kind(arguments.get(0)));
        }
        yield arguments.get(0);
      }
      default -> throw unfit(where, "a call of " + pythonName);
    };
  }

  /**
   * Reads the metadata of a tensor: null, or a dictionary whose only meaning here is {@code neg}.
   */
  private boolean isNegated(String where, Object metadata) {
    if (metadata == null) {
      return false;
    }
    if (!(metadata instanceof Map<?, ?> keys)) {
      throw unfit(where, pythonName + " with metadata that is not a dictionary");
    }
    for (Map.Entry<?, ?> entry : keys.entrySet()) {
      boolean known = entry.getKey().equals("neg") || entry.getKey().equals("conj");
      boolean off = Boolean.FALSE.equals(entry.getValue());
      if (!known || entry.getKey().equals("conj") && !off) {
        throw unfit(where, "a tensor with " + entry.getKey() + " " + entry.getValue());
      }
    }
    return Boolean.TRUE.equals(keys.get("neg"));
  }

  private TorchTensor tensor(String where, List<Object> arguments, boolean negated) {
    if (!(arguments.get(0) instanceof TorchStorage storage)
        || !(arguments.get(1) instanceof Long offset)
        || offset < 0) {
      throw unfit(where, pythonName + " without a storage and an offset");
    }
    if (negated && !FLOATING.contains(storage.dtype())) {
      throw unfit(where, "a negative view of " + storage.dtype());
    }
    return new TorchTensor(
        storage, offset, longs(where, arguments.get(2)), longs(where, arguments.get(3)), negated);
  }

  private long[] longs(String where, Object tuple) {
    List<Long> longs = new ArrayList<>();
    if (tuple instanceof PickleMachine.Tuple items) {
      for (Object item : items.items()) {
        if (item instanceof Long number && number >= 0) {
          longs.add(number);
        }
      }
      if (longs.size() == items.items().size()) {
        return longs.stream().mapToLong(Long::longValue).toArray();
      }
    }
    throw unfit(
        where, pythonName + " with a size or stride that is not a tuple of numbers of 0 or more");
  }

  private void arity(String where, List<Object> arguments, int least, int most) {
    if (arguments.size() < least || arguments.size() > most) {
      throw unfit(where, pythonName + " with " + arguments.size() + " arguments");
    }
  }

  private static InvalidInputException unfit(String where, String found) {
    return new InvalidInputException(where, found, "what torch.save writes", DO_NOT_LOAD);
  }
}
