package io.buckbench.checkpoint;

import static io.buckbench.checkpoint.StateDictBytes.bytes;
import static io.buckbench.checkpoint.StateDictBytes.dict;
import static io.buckbench.checkpoint.StateDictBytes.legacy;
import static io.buckbench.checkpoint.StateDictBytes.little;
import static io.buckbench.checkpoint.StateDictBytes.number;
import static io.buckbench.checkpoint.StateDictBytes.numbers;
import static io.buckbench.checkpoint.StateDictBytes.pickle;
import static io.buckbench.checkpoint.StateDictBytes.storage;
import static io.buckbench.checkpoint.StateDictBytes.tensor;
import static io.buckbench.checkpoint.StateDictBytes.text;
import static io.buckbench.checkpoint.StateDictBytes.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a malicious or damaged pickle may contain, and how it is refused. */
class TorchPickleRefusalTest {
  private static final byte[] FOUR = storage("FloatStorage", "0", 4);
  private static final byte[] GOOD = tensor(FOUR, 0, numbers(4), numbers(1));
  private static final byte[] DATA = new byte[16];

  @TempDir Path directory;

  private void refused(byte[] content, String... says) throws IOException {
    Path file = Files.write(directory.resolve("model.bin"), content);
    assertThatThrownBy(() -> TorchPickle.read(file).close())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file.toString())
        .satisfies(e -> assertThat(e.getMessage()).contains(says));
  }

  private static Arguments pickled(String name, byte[] pickle, String says) {
    return Arguments.of(named(name, pickle), says);
  }

  static Stream<Arguments> pickles() {
    return Stream.of(
        pickled(
            "a command",
            pickle("cposix\nsystem\n(", text("true"), "tR"),
            "found the class or function posix.system, expected one of collections.OrderedDict"),
        pickled(
            "a class in a value",
            pickle(dict(text("w"), GOOD, text("v"), "cbuiltins\neval\n")),
            "builtins.eval"),
        pickled("torch's other functions", pickle("ctorch.hub\nload\n"), "torch.hub.load"),
        pickled(
            "a very long class name", pickle("c" + "x".repeat(300)), "more than 200 characters"),
        pickled(
            "a call of a storage class",
            pickle("ctorch\nFloatStorage\n)R"),
            "a call of torch.FloatStorage"),
        pickled("a call of a string", pickle(text("x"), ")R"), "a call of string"),
        pickled(
            "a dict with arguments",
            pickle("ccollections\nOrderedDict\n", numbers(1), "R"),
            "OrderedDict with 1 arguments"),
        pickled(
            "a parameter around a number",
            pickle("ctorch._utils\n_rebuild_parameter\n", numbers(1, 2, 3), "R"),
            "a parameter around long"),
        pickled(
            "a tensor without a storage",
            pickle("ctorch._utils\n_rebuild_tensor\n", numbers(1, 2, 3, 4), "R"),
            "without a storage"),
        pickled("an instance by name", pickle("(iposix\nsystem\n"), "pickle operation 0x69"),
        pickled("an extension code", pickle(0x82, 1), "pickle operation 0x82"),
        pickled("attributes of a string", pickle(text("x"), dict(), "b"), "attributes of string"),
        pickled("an empty stack", pickle(), "an empty stack"),
        pickled("no mark", pickle("t"), "no mark on the stack"),
        pickled("an unknown memo", pickle("h", 3), "memo item 3"),
        pickled("a value appended to a dict", pickle("}Na"), "an item for linkedhashmap"),
        pickled("a list as a key", pickle("}]Ns"), "a dict key of type arraylist"),
        pickled("a key twice", pickle(dict(text("w"), GOOD, text("w"), GOOD)), "the key w twice"),
        pickled(
            "a string longer than the file",
            bytes(0x80, 2, "X", little(0xFFFFFFFFL, 4)),
            "expected 4294967295 bytes"),
        pickled("a pickle without an end", bytes(0x80, 2, "}"), "only 0 more bytes"),
        pickled("a newer protocol", bytes(0x80, 4, "}."), "pickle protocol 4, expected protocol 2"),
        pickled("an older protocol", bytes("(dp0\n."), "found no pickle"),
        pickled("a list", pickle("]"), "found arraylist, expected a dict of names to tensors"),
        pickled("nothing", pickle("}"), "an empty dict"),
        pickled(
            "an optimizer in addition to the weights",
            pickle(dict(text("w"), GOOD, text("optimizer"), dict(), text("step"), "N")),
            "key optimizer: found linkedhashmap, expected a tensor"),
        pickled(
            "a tensor of a string",
            pickle(dict(text("w"), tensor(bytes(text("x"), "Q"), 0, numbers(4), numbers(1)))),
            "a persistent id that is not a storage"),
        pickled(
            "a storage of a function",
            pickle(
                dict(
                    text("w"),
                    tensor(
                        bytes(
                            "(",
                            text("storage"),
                            "ccollections\nOrderedDict\n",
                            text("0"),
                            text("cpu"),
                            number(4),
                            "tQ"),
                        0,
                        numbers(4),
                        numbers(1)))),
            "a persistent id that is not a storage"),
        pickled(
            "too many elements to count",
            pickle(
                dict(
                    text("w"),
                    tensor(
                        storage("FloatStorage", "0", Long.MAX_VALUE), 0, numbers(4), numbers(1)))),
            "a persistent id that is not a storage"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pickles")
  void a_pickle_other_than_a_plain_state_dict_is_refused(byte[] pickle, String says)
      throws IOException {
    refused(zip("a/data.pkl", pickle, "a/data/0", DATA), says);
  }

  static Stream<Arguments> tensors() {
    return Stream.of(
        Arguments.of(named("too long", tensor(FOUR, 0, numbers(5), numbers(1))), "shape [5]"),
        Arguments.of(
            named("too long with its offset", tensor(FOUR, 3, numbers(2), numbers(1))),
            "from element 3"),
        Arguments.of(
            named("offset too large", tensor(FOUR, 5, numbers(0), numbers(1))), "from element 5"),
        Arguments.of(
            named("stride too large", tensor(FOUR, 0, numbers(2, 2), numbers(3, 1))),
            "strides [3, 1]"),
        Arguments.of(
            named("one element many times", tensor(FOUR, 0, numbers(1L << 40), numbers(0))),
            "strides [0]"),
        Arguments.of(
            named("span beyond a long", tensor(FOUR, 0, numbers(3, 2), numbers(Long.MAX_VALUE, 1))),
            "strides [9223372036854775807, 1]"),
        Arguments.of(
            named(
                "shape beyond a long", tensor(FOUR, 0, numbers(1L << 40, 1L << 40), numbers(1, 1))),
            "1099511627776"),
        Arguments.of(
            named("different ranks", tensor(FOUR, 0, numbers(2, 2), numbers(1))),
            "shape [2, 2] with strides [1]"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tensors")
  void a_tensor_outside_its_storage_is_refused_with_its_name(byte[] tensor, String says)
      throws IOException {
    byte[] state = pickle(dict(text("good"), GOOD, text("bad"), tensor));
    refused(
        zip("a/data.pkl", state, "a/data/0", DATA),
        "tensor bad: found shape",
        says,
        "expected a tensor within its storage's 4 elements");
  }

  @Test
  void negative_counts_are_refused() throws IOException {
    byte[] state = pickle(dict(text("w"), tensor(FOUR, 0, numbers(-4), numbers(1))));
    refused(zip("a/data.pkl", state, "a/data/0", DATA), "not a tuple of numbers of 0 or more");
    byte[] offset = pickle(dict(text("w"), tensor(FOUR, -1, numbers(1), numbers(1))));
    refused(zip("a/data.pkl", offset, "a/data/0", DATA), "without a storage and an offset");
  }

  @Test
  void a_storage_must_exist_with_exactly_its_bytes() throws IOException {
    byte[] state = pickle(dict(text("w"), GOOD));
    refused(zip("a/data.pkl", state), "tensor w: found no entry data/0");
    refused(
        zip("a/data.pkl", state, "a/data/0", new byte[15]),
        "tensor w: found 15 bytes in storage 0, expected 4 elements of F32");
  }

  @Test
  void a_storage_key_that_points_out_of_the_archive_finds_no_entry() throws IOException {
    byte[] key = storage("FloatStorage", "../../etc/passwd", 4);
    byte[] state = pickle(dict(text("w"), tensor(key, 0, numbers(4), numbers(1))));
    refused(zip("a/data.pkl", state, "a/data/0", DATA), "no entry data/../../etc/passwd");
  }

  @Test
  void an_archive_must_contain_uncompressed_entries_with_plain_names() throws IOException {
    byte[] state = pickle(dict(text("w"), GOOD));
    refused(
        zip("a/data.pkl", state, "../data/0", DATA),
        "entry ../data/0: found a path out of the archive");
    refused(zip("/data.pkl", state), "entry /data.pkl: found a path out of the archive");
    refused(
        StateDictBytes.archive(ZipEntry.DEFLATED, "a/data.pkl", state),
        "entry a/data.pkl: found a compressed");
    refused(zip("a/data.pkl", state, "b/data.pkl", state), "2 entries data.pkl");
    refused(zip("a/model", state), "0 entries data.pkl");
    refused(zip("a/data.pkl", state, "a/constants.pkl", DATA), "a TorchScript program");
    refused(
        zip("a/data.pkl", state, "a/byteorder", bytes("big"), "a/data/0", DATA),
        "a/byteorder: found byte order big, expected little");
  }

  /** Overwrites the 4-byte number at an offset from the last occurrence of a signature. */
  private static byte[] patched(byte[] zip, String signature, int offset, long value) {
    String latin = new String(zip, StandardCharsets.ISO_8859_1);
    int at = latin.lastIndexOf(signature) + offset;
    byte[] copy = zip.clone();
    System.arraycopy(little(value, 4), 0, copy, at, 4);
    return copy;
  }

  @Test
  void a_directory_with_wrong_positions_is_refused() throws IOException {
    byte[] good = zip("a/data.pkl", pickle(dict(text("w"), GOOD)), "a/data/0", DATA);
    String entry = "PK\u0001\u0002";
    String end = "PK\u0005\u0006";
    refused(
        patched(good, entry, 42, 0), "entry a/data/0: found the name a/data.pkl at its position");
    refused(patched(good, entry, 42, 7), "entry a/data/0: found no entry at byte 7");
    refused(patched(good, entry, 42, good.length + 1L), "an offset of");
    refused(
        patched(patched(good, entry, 24, 1000), entry, 20, 1000),
        "entry a/data/0: found 1000 bytes");
    refused(patched(good, end, 12, 1 << 30), "zip directory: found 1073741824 bytes");
    refused(patched(good, end, 16, 3), "no entry");
    refused(java.util.Arrays.copyOf(good, good.length - 5), "no end record");
  }

  @Test
  void overlapping_entries_are_refused() throws IOException {
    // The data of the inner file contains a local header, to which a second directory entry points.
    byte[] inner = zip("b/data/0", DATA);
    byte[] outer =
        zip("a/data.pkl", pickle(dict(text("w"), GOOD)), "a/data/0", inner, "b/data/0", DATA);
    String latin = new String(outer, StandardCharsets.ISO_8859_1);
    int nested = latin.indexOf("PK\u0003\u0004", latin.indexOf("a/data/0"));
    refused(
        patched(outer, "PK\u0001\u0002", 42, nested),
        "entry b/data/0: found data over entry a/data/0");
  }

  @Test
  void a_file_in_the_old_format_must_have_all_parts_in_order() throws IOException {
    byte[] state = pickle(dict(text("w"), GOOD));
    byte[] keys = pickle("](", text("0"), "e");
    byte[] count = little(4, 8);
    refused(
        legacy(state, keys, count, new byte[15]),
        "storage 0: found 15 bytes up to the end of the file");
    refused(legacy(state, keys, count, new byte[17]), "1 storages up to byte");
    refused(legacy(state, keys, little(5, 8), DATA), "storage 0: found 5 elements, expected 4");
    refused(legacy(state, pickle("]"), count, DATA), "0 storages up to byte");
    refused(
        legacy(state, pickle("](", text("0"), text("0"), "e"), count, DATA, count, DATA),
        "storage 0: found the key twice");
    refused(
        legacy(state, pickle("](", text("9"), "e"), count, DATA),
        "storage 9: found the key twice, or unused");
    refused(bytes(pickle(number(5)), state), "magic number: found another pickle");
    refused(
        bytes(pickle(0x8a, 10, StateDictBytes.magic()), pickle(number(1002)), state),
        "protocol version: found long 1002, expected 1001");
    refused(
        bytes(
            pickle(0x8a, 10, StateDictBytes.magic()),
            pickle(number(1001)),
            pickle(dict(text("little_endian"), 0x89)),
            state),
        "byte order big");
    byte[] view = storage("FloatStorage", "0", 4, "(", text("v"), number(3), number(2), "t");
    refused(
        legacy(pickle(dict(text("w"), tensor(view, 0, numbers(1), numbers(1)))), keys, count, DATA),
        "outside storage 0");
  }

  @Test
  void tensors_that_disagree_on_their_shared_storage_are_refused() throws IOException {
    byte[] other = tensor(storage("FloatStorage", "0", 3), 0, numbers(3), numbers(1));
    byte[] state = pickle(dict(text("w"), GOOD, text("v"), other));
    refused(zip("a/data.pkl", state, "a/data/0", DATA), "tensor v: found 16 bytes in storage 0");
    refused(
        legacy(state, pickle("](", text("0"), "e"), little(3, 8), new byte[12]),
        "tensor w: found 12 bytes in storage 0, expected 4 elements of F32");
  }

  @Test
  void a_file_in_another_format_is_recognized_by_its_first_bytes() throws IOException {
    refused(bytes("version https://git-lfs.github.com/spec/v1\n"), "perhaps a Git LFS pointer");
    refused(bytes("<html>"), "neither a zip nor a pickle");
    refused(new byte[0], "only 0 more bytes");
  }
}
