package io.buckbench.checkpoint;

import io.buckbench.input.InputText;
import io.buckbench.input.InvalidInputException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the part of pickle protocol 2 that {@code torch.save} writes for a state dict. Creates only
 * strings, numbers, lists, maps and what {@link TorchGlobal} allows. Source: Python's {@code
 * pickletools}.
 *
 * <p>This is our own code because a library creates objects of any class it supports. An allow-list
 * around it would have to exclude each of them, and again after each upgrade. Here, what is not
 * implemented below is refused.
 */
final class PickleMachine {
  private static final int PROTOCOL = 2;
  private static final Object MARK = new Object();

  /** A tuple, an immutable list. */
  record Tuple(List<Object> items) {}

  private final String where;
  private final ChannelInput in;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Long, Object> memo = new HashMap<>();

  /**
   * @param where names the pickle in messages
   */
  PickleMachine(String where, ChannelInput in) {
    this.where = where;
    this.in = in;
  }

  /** Reads one pickle; the position of the input is then the byte after it. */
  Object load() {
    if (in.unsignedByte() != 0x80) {
      throw refused("no pickle", "a pickle of protocol " + PROTOCOL);
    }
    int protocol = in.unsignedByte();
    if (protocol != PROTOCOL) {
      throw refused(
          "pickle protocol " + protocol, "protocol " + PROTOCOL + ", torch.save's default");
    }
    while (true) {
      int code = in.unsignedByte();
      if (code == '.') {
        return pop();
      }
      step(code);
    }
  }

  private void step(int code) {
    switch (code) {
      case '(' -> stack.add(MARK);
      case 'N' -> stack.add(null);
      case 0x88 -> stack.add(true);
      case 0x89 -> stack.add(false);
      case 'K' -> stack.add((long) in.unsignedByte());
      case 'M' -> stack.add((long) in.unsignedShort());
      case 'J' -> stack.add((long) in.int32());
      case 0x8a -> stack.add(bigInteger(in.bytes(in.unsignedByte())));
      case 'G' -> stack.add(Double.longBitsToDouble(Long.reverseBytes(in.int64())));
      case 'X' -> stack.add(InputText.utf8(at(), in.bytes(in.unsignedInt())));
      case ')' -> stack.add(new Tuple(List.of()));
      case 't' -> stack.add(new Tuple(popToMark()));
      case 0x85 -> stack.add(tuple(1));
      case 0x86 -> stack.add(tuple(2));
      case 0x87 -> stack.add(tuple(3));
      case ']' -> stack.add(new ArrayList<>());
      case 'a' -> append(Collections.singletonList(pop()));
      case 'e' -> append(popToMark());
      case '}' -> stack.add(new LinkedHashMap<>());
      case 's' -> setItems(tuple(2).items());
      case 'u' -> setItems(popToMark());
      case 'q' -> memo.put((long) in.unsignedByte(), top());
      case 'r' -> memo.put(in.unsignedInt(), top());
      case 'h' -> stack.add(remembered(in.unsignedByte()));
      case 'j' -> stack.add(remembered(in.unsignedInt()));
      case 'c' -> stack.add(TorchGlobal.named(at(), line() + "." + line()));
      case 'Q' -> stack.add(TorchStorage.of(at(), pop()));
      case 'R' -> reduce();
      case 'b' -> build();
      default ->
          throw refused(
              String.format(Locale.ROOT, "pickle operation 0x%02X", code),
              "the operations of a state dict");
    }
  }

  private void reduce() {
    Object arguments = pop();
    Object callable = pop();
    if (!(callable instanceof TorchGlobal global) || !(arguments instanceof Tuple tuple)) {
      throw refused("a call of " + kind(callable), "a call of torch's own functions");
    }
    stack.add(global.call(at(), tuple.items()));
  }

  /** Skips attributes; a state dict has one, {@code _metadata}, with the version of its layout. */
  private void build() {
    Object state = pop();
    if (!(top() instanceof Map) || !(state instanceof Map)) {
      throw refused("attributes of " + kind(top()), "attributes of the state dict only");
    }
  }

  private void append(List<Object> items) {
    if (!(top() instanceof List)) {
      throw refused("an item for " + kind(top()), "a list");
    }
    @SuppressWarnings("unchecked")
    List<Object> list = (List<Object>) top();
    list.addAll(items);
  }

  private void setItems(List<Object> items) {
    if (!(top() instanceof Map) || items.size() % 2 != 0) {
      throw refused("keys and values for " + kind(top()), "a dict");
    }
    @SuppressWarnings("unchecked")
    Map<Object, Object> map = (Map<Object, Object>) top();
    for (int i = 0; i < items.size(); i += 2) {
      Object key = items.get(i);
      if (!(key instanceof String || key instanceof Long)) {
        throw refused("a dict key of type " + kind(key), "a string or a number");
      }
      if (map.containsKey(key)) {
        throw refused("the key " + key + " twice", "each key once");
      }
      map.put(key, items.get(i + 1));
    }
  }

  private Object top() {
    if (stack.isEmpty() || stack.get(stack.size() - 1) == MARK) {
      throw refused("an empty stack", "a value on the stack");
    }
    return stack.get(stack.size() - 1);
  }

  private Object pop() {
    Object top = top();
    stack.remove(stack.size() - 1);
    return top;
  }

  private List<Object> popToMark() {
    int mark = stack.lastIndexOf(MARK);
    if (mark < 0) {
      throw refused("no mark on the stack", "a mark");
    }
    List<Object> above = stack.subList(mark + 1, stack.size());
    List<Object> items = new ArrayList<>(above);
    above.clear();
    stack.remove(mark);
    return items;
  }

  private Tuple tuple(int size) {
    Object[] items = new Object[size];
    for (int i = size - 1; i >= 0; i--) {
      items[i] = pop();
    }
    return new Tuple(Collections.unmodifiableList(Arrays.asList(items)));
  }

  private Object remembered(long index) {
    if (!memo.containsKey(index)) {
      throw refused("memo item " + index, "an item that was stored before");
    }
    return memo.get(index);
  }

  private String line() {
    StringBuilder line = new StringBuilder();
    for (int c = in.unsignedByte(); c != '\n'; c = in.unsignedByte()) {
      line.append((char) c);
      if (line.length() > 200) {
        throw refused("a class name of more than 200 characters", "a shorter name");
      }
    }
    return line.toString();
  }

  private static Object bigInteger(byte[] littleEndian) {
    byte[] bigEndian = new byte[littleEndian.length];
    for (int i = 0; i < bigEndian.length; i++) {
      bigEndian[i] = littleEndian[bigEndian.length - 1 - i];
    }
    BigInteger value = bigEndian.length == 0 ? BigInteger.ZERO : new BigInteger(bigEndian);
    return value.bitLength() < 64 ? (Object) value.longValueExact() : value;
  }

  /** The type of a value, for messages; its content may be very long. */
  static String kind(Object value) {
    if (value == null) {
      return "None";
    }
    return value instanceof TorchGlobal global
        ? global.name()
        : value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private String at() {
    return where + " byte " + in.position();
  }

  private InvalidInputException refused(String found, String expected) {
    return new InvalidInputException(at(), found, expected, TorchGlobal.DO_NOT_LOAD);
  }
}
