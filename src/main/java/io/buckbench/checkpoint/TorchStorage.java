package io.buckbench.checkpoint;

import io.buckbench.input.InvalidInputException;
import java.util.List;

/**
 * A stretch of numbers that tensors look into; several may share one.
 *
 * @param dtype of its elements
 * @param key names its bytes in the file
 * @param rootElements elements of the bytes so named
 * @param viewOffset first element of the root that belongs to this storage; 0 but for the old
 *     format's views
 * @param elements that belong to it
 */
record TorchStorage(DType dtype, String key, long rootElements, long viewOffset, long elements) {
  /**
   * From a pickle's persistent id: {@code ('storage', class, key, device, elements)} and, in the
   * old format, a view {@code (key, offset, elements)} or None.
   */
  static TorchStorage of(String where, Object id) {
    if (id instanceof PickleMachine.Tuple tuple
        && tuple.items().size() >= 5
        && tuple.items().size() <= 6
        && "storage".equals(tuple.items().get(0))
        && tuple.items().get(1) instanceof TorchGlobal type
        && type.dtype() != null
        && tuple.items().get(2) instanceof String key
        && tuple.items().get(3) instanceof String
        && tuple.items().get(4) instanceof Long elements
        && elements >= 0
        && elements <= Long.MAX_VALUE / type.dtype().bytes()) {
      Object view = tuple.items().size() == 6 ? tuple.items().get(5) : null;
      return view == null
          ? new TorchStorage(type.dtype(), key, elements, 0, elements)
          : view(where, type.dtype(), key, elements, view);
    }
    throw new InvalidInputException(
        where,
        "a persistent id that is no storage",
        "('storage', class, key, device, elements)",
        TorchGlobal.DO_NOT_LOAD);
  }

  private static TorchStorage view(
      String where, DType dtype, String key, long rootElements, Object view) {
    if (view instanceof PickleMachine.Tuple tuple
        && tuple.items().size() == 3
        && tuple.items().get(1) instanceof Long offset
        && tuple.items().get(2) instanceof Long elements
        && offset >= 0
        && elements >= 0
        && offset <= rootElements
        && elements <= rootElements - offset) {
      return new TorchStorage(dtype, key, rootElements, offset, elements);
    }
    List<?> items = view instanceof PickleMachine.Tuple tuple ? tuple.items() : List.of();
    throw new InvalidInputException(
        where,
        "a view of " + items.size() + " parts outside storage " + key,
        "(key, offset, elements) within its " + rootElements + " elements",
        TorchGlobal.DO_NOT_LOAD);
  }

  /** Bytes of the whole root. */
  long rootBytes() {
    return rootElements * dtype.bytes();
  }
}
