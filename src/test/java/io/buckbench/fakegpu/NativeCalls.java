package io.buckbench.fakegpu;

import ai.djl.engine.EngineException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the native calls of this JVM, tracks which arrays would be on the GPU, and fails if a test
 * wants it. {@link #print} writes the counts as a line of JSON when the JVM ends; {@link #reset}
 * and {@link #json} are for a main method that counts only a part.
 *
 * <p>System properties: {@code fakegpu.sticky=N} loses the device in the Nth backward pass, as
 * after a device-side assert; {@code fakegpu.memory=N} throws an out-of-memory error in the Nth
 * backward pass only.
 */
public final class NativeCalls {
  private static final int NO_DEVICE = -1;
  private static final int CPU = 0;
  private static final int GPU = 1;

  private static final int STICKY = Integer.getInteger("fakegpu.sticky", 0);
  private static final int MEMORY = Integer.getInteger("fakegpu.memory", 0);

  /** Calls that still work on a lost device, since they do not use it. */
  private static final Set<String> OFF_DEVICE =
      Set.of(
          "torchSizes",
          "torchDType",
          "torchDevice",
          "torchLayout",
          "torchIsGradMode",
          "torchSetGradMode",
          "torchDeleteTensor",
          "torchDeleteModule",
          "torchManualSeed");

  private static final Map<String, LongAdder> CALLS = new ConcurrentHashMap<>();
  private static final LongAdder TO_DEVICE = new LongAdder();
  private static final LongAdder READBACKS = new LongAdder();
  private static final LongAdder READ_BYTES = new LongAdder();
  private static final LongAccumulator MOST_READ_BYTES = new LongAccumulator(Math::max, 0);
  private static final Set<Long> ON_HOST = ConcurrentHashMap.newKeySet();
  private static final ThreadLocal<Boolean> OURS = ThreadLocal.withInitial(() -> false);
  private static int backwardPasses;

  private NativeCalls() {}

  /** Resets all counts. */
  public static void reset() {
    CALLS.clear();
    TO_DEVICE.reset();
    READBACKS.reset();
    READ_BYTES.reset();
    MOST_READ_BYTES.reset();
  }

  /**
   * Returns the counts: {@code calls} by name, {@code hostToDevice} copies, {@code readbacks}, the
   * {@code readBytes} of the arrays that Java read, and the {@code mostReadBytes} of one array.
   */
  public static ObjectNode json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    ObjectNode calls = json.putObject("calls");
    new TreeMap<>(CALLS).forEach((name, count) -> calls.put(name, count.sum()));
    return json.put("hostToDevice", TO_DEVICE.sum())
        .put("readbacks", READBACKS.sum())
        .put("readBytes", READ_BYTES.sum())
        .put("mostReadBytes", MOST_READ_BYTES.get());
  }

  static void print() {
    System.out.println(json());
  }

  /**
   * Called before a native method. Redirects arrays from the GPU to the CPU.
   *
   * @return the device in the arguments: 0 for the CPU, 1 for the GPU, -1 for none
   */
  public static int enter(String name, Object[] arguments) {
    if (OURS.get()) {
      return NO_DEVICE;
    }
    CALLS.computeIfAbsent(name, n -> new LongAdder()).increment();
    fail(name);
    if (!FakeGpu.ENABLED) {
      return NO_DEVICE;
    }
    if ((name.equals("torchDirectByteBuffer") || name.equals("torchDataPtr"))
        && !ON_HOST.contains(arguments[0])) {
      throw new IllegalStateException("the host reads memory of the GPU");
    }
    for (Object argument : arguments) {
      if (argument instanceof int[] device) {
        int wanted = device[0];
        device[0] = CPU;
        device[1] = -1;
        return wanted;
      }
    }
    return NO_DEVICE;
  }

  /** Called after a native method; returns the result that Java will see. */
  public static Object exit(String name, Object[] arguments, int device, Object result) {
    if (OURS.get() || !FakeGpu.ENABLED) {
      return result;
    }
    switch (name) {
      case "torchShowConfig" -> features(arguments[0]).add("CUDA");
      case "torchDevice" -> {
        return ON_HOST.contains(arguments[0]) ? new int[] {CPU, -1} : new int[] {GPU, 0};
      }
      case "torchFromBlob" -> {
        if (device == GPU) {
          TO_DEVICE.increment();
          // An array on a GPU is a copy and does not share the buffer.
          return copyInstead((Long) result);
        }
        ON_HOST.add((Long) result);
      }
      case "torchTo" -> {
        boolean fromHost = ON_HOST.contains(arguments[0]);
        if (device == CPU) {
          ON_HOST.add((Long) result);
          if (!fromHost) {
            READBACKS.increment();
          }
        } else if (fromHost) {
          TO_DEVICE.increment();
        }
      }
      case "torchToContiguous", "tensorClone" -> {
        if (ON_HOST.contains(arguments[0])) {
          ON_HOST.add((Long) result);
        }
      }
      case "torchDeleteTensor" -> ON_HOST.remove(arguments[0]);
      case "torchDirectByteBuffer" -> readBytes(((ByteBuffer) result).capacity());
      case "torchDataPtr" -> readBytes(((byte[]) result).length);
      default -> {
        if (device == CPU && result instanceof Long handle) {
          ON_HOST.add(handle);
        }
      }
    }
    return result;
  }

  private static void readBytes(int bytes) {
    READ_BYTES.add(bytes);
    MOST_READ_BYTES.accumulate(bytes);
  }

  @SuppressWarnings("unchecked")
  private static Set<String> features(Object argument) {
    return (Set<String>) argument;
  }

  private static synchronized void fail(String name) {
    if (name.equals("torchBackward")) {
      backwardPasses++;
      if (backwardPasses == MEMORY) {
        throw new EngineException(
            "CUDA out of memory. Tried to allocate 1.50 GiB. GPU 0 has a total capacity of 15.77"
                + " GiB of which 1.20 GiB is free.");
      }
    }
    if (STICKY > 0 && backwardPasses >= STICKY && !OFF_DEVICE.contains(name)) {
      throw new EngineException(
          "CUDA error: device-side assert triggered\n"
              + "CUDA kernel errors might be asynchronously reported at some other API call");
    }
  }

  private static long copyInstead(long handle) {
    OURS.set(true);
    try {
      long copy = (Long) call("tensorClone", handle);
      call("torchDeleteTensor", handle);
      return copy;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    } finally {
      OURS.set(false);
    }
  }

  private static Object call(String name, long handle) throws ReflectiveOperationException {
    Class<?> type = Class.forName("ai.djl.pytorch.jni.PyTorchLibrary");
    Method method = type.getDeclaredMethod(name, long.class);
    method.setAccessible(true);
    var library = type.getDeclaredField("LIB");
    library.setAccessible(true);
    return method.invoke(library.get(null), handle);
  }
}
