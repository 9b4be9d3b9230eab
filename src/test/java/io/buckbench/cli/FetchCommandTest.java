package io.buckbench.cli;

import static io.buckbench.checkpoint.hub.LocalHub.breaksOffAfter;
import static io.buckbench.checkpoint.hub.LocalHub.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.checkpoint.hub.LocalHub;
import io.buckbench.data.SuperGlueBoolQ;
import io.buckbench.files.Digests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command; faults of transfers are tested with the library. */
class FetchCommandTest {
  private static final String REPO = "/facebook/opt-tiny/resolve/";
  private static final List<String> FILES =
      List.of("config.json", "pytorch_model.bin", "vocab.json", "merges.txt");
  private static final String ROW =
      "{\"question\": \"is it\", \"passage\": \"A -- It is.\", \"label\": true}\n";
  private static final String WRITTEN =
      "{\"question\": \"is it\", \"passage\": \"It is.\", \"answer\": true}\n";

  @TempDir Path folder;
  private LocalHub server;
  private final Map<String, String> environment = new HashMap<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void start() throws IOException {
    server = new LocalHub();
    environment.put("HF_ENDPOINT", server.address().toString());
    environment.put("HF_HUB_CACHE", folder.resolve("cache").toString());
    for (String file : FILES) {
      server.put(REPO + "main/" + file, content(file));
      server.put(REPO + LocalHub.COMMIT + "/" + file, content(file));
    }
    server.put("/BoolQ.zip", zip(ROW, ROW + ROW));
    models("", "");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static byte[] content(String file) {
    String text = file.equals("config.json") ? "{\"model_type\": \"opt\"}" : "content of " + file;
    return text.repeat(file.equals("config.json") ? 1 : 200).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zip(String train, String validation) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> file :
          new LinkedHashMap<>(Map.of("train.jsonl", train, "val.jsonl", validation)).entrySet()) {
        zip.putNextEntry(new ZipEntry("BoolQ/" + file.getKey()));
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private void models(String revision, String sha256) throws IOException {
    Files.createDirectories(folder.resolve("benchmarks"));
    Files.writeString(
        folder.resolve("benchmarks/models.csv"),
        "id,directory,hub,revision,sha256,licence,note\n"
            + "ours,src/ours,,,,Apache-2.0,\n"
            + ("tiny,models/tiny,facebook/opt-tiny," + revision + "," + sha256 + ",none,\n"));
  }

  private String sha256(String text) throws IOException {
    return Digests.ofFile(Files.writeString(folder.resolve("text"), text));
  }

  private int fetch(String... args) throws IOException {
    SuperGlueBoolQ rows = new SuperGlueBoolQ(sha256(WRITTEN), sha256(WRITTEN + WRITTEN));
    CommandLine line =
        new CommandLine(new FetchCommand(environment, server.address().resolve("BoolQ.zip"), rows));
    line.setExecutionExceptionHandler(BuckBench::report);
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--project", folder.toString()));
    return line.execute(all.toArray(String[]::new));
  }

  private Path model(String file) {
    return folder.resolve("models/tiny").resolve(file);
  }

  private String lock() throws IOException {
    return Files.readString(folder.resolve("benchmarks/fetch.lock"));
  }

  private String lockText() {
    try {
      return lock();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_model_is_put_into_its_directory_and_its_digests_are_locked() throws IOException {
    server.next(
        "GET " + REPO + LocalHub.COMMIT + "/pytorch_model.bin",
        status(503, "Retry-After", "0"),
        breaksOffAfter(content("pytorch_model.bin"), 1000));
    environment.put("HF_TOKEN", "secret");
    assertThat(fetch("tiny")).as(err.toString()).isEqualTo(BuckBench.OK);
    for (String file : FILES) {
      assertThat(model(file)).hasBinaryContent(content(file)).isSymbolicLink();
      assertThat(lock())
          .contains(
              Digests.ofFile(model(file))
                  + "  facebook/opt-tiny "
                  + LocalHub.COMMIT
                  + " "
                  + file
                  + "\n");
    }
    assertThat(out.toString())
        .contains("tiny: the files of commit " + LocalHub.COMMIT, "models/tiny, verified");
    assertThat(server.requests)
        .anyMatch(request -> request.contains("bytes=1000-"))
        .allMatch(request -> request.endsWith("Bearer secret"));
    assertThat(out.toString() + err).doesNotContain("secret");
  }

  private void publish(Map<String, String> files) {
    files.forEach(
        (file, text) -> {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          server.put(REPO + "main/" + file, bytes);
          server.put(REPO + LocalHub.COMMIT + "/" + file, bytes);
        });
  }

  @Test
  void a_model_in_shards_is_fetched_whole_with_its_map_of_special_tokens() throws IOException {
    String index =
        "{\"weight_map\": {\"a\": \"part-2.safetensors\", \"b\": \"part-1.safetensors\"}}";
    Map<String, String> files =
        Map.of(
            "config.json", "{\"model_type\": \"llama\"}",
            "tokenizer.json", "{}",
            "tokenizer_config.json", "{ }",
            "special_tokens_map.json", "{  }",
            "model.safetensors.index.json", index,
            "part-1.safetensors", "one",
            "part-2.safetensors", "two");
    publish(files);
    assertThat(fetch("tiny")).as(err.toString()).isEqualTo(BuckBench.OK);
    files.forEach((file, text) -> assertThat(model(file)).hasContent(text));
    files.keySet().forEach(file -> assertThat(lockText()).contains(" " + file + "\n"));
    assertThat(model("chat_template.jinja")).doesNotExist();
    server.requests.clear();
    assertThat(fetch("tiny")).as(err.toString()).isEqualTo(BuckBench.OK);
    assertThat(server.requests).isEmpty();
    Files.delete(model("part-2.safetensors"));
    assertThat(fetch("tiny")).as(err.toString()).isEqualTo(BuckBench.OK);
    assertThat(model("part-2.safetensors")).hasContent("two");
  }

  @Test
  void an_index_that_names_a_file_elsewhere_is_refused() throws IOException {
    publish(
        Map.of(
            "config.json", "{\"model_type\": \"llama\"}",
            "tokenizer.json", "{}",
            "tokenizer_config.json", "{}",
            "model.safetensors.index.json", "{\"weight_map\": {\"a\": \"../b.safetensors\"}}"));
    assertThat(fetch("tiny")).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).contains("model.safetensors.index.json key weight_map", "../b");
  }

  @Test
  void a_model_without_weights_is_refused_with_the_names_that_were_tried() throws IOException {
    publish(
        Map.of(
            "config.json", "{\"model_type\": \"gpt2\"}",
            "tokenizer.json", "{}",
            "tokenizer_config.json", "{}"));
    server.remove("pytorch_model.bin");
    assertThat(fetch("tiny")).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString())
        .contains("facebook/opt-tiny at " + LocalHub.COMMIT + ": found no weight file")
        .contains("model.safetensors, model.safetensors.index.json, pytorch_model.bin");
  }

  @Test
  void existing_files_are_verified_without_a_request() throws IOException {
    assertThat(fetch("tiny")).isEqualTo(BuckBench.OK);
    server.requests.clear();
    environment.put("HF_HUB_OFFLINE", "1");
    assertThat(fetch("tiny")).as(err.toString()).isEqualTo(BuckBench.OK);
    assertThat(out.toString()).contains("tiny: the files are in ", "models/tiny, verified");
    assertThat(server.requests).isEmpty();
    Files.delete(model("merges.txt"));
    Files.writeString(model("merges.txt"), "other");
    assertThat(fetch("tiny")).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString())
        .contains("error: " + model("merges.txt") + ": found sha256 ")
        .contains("as locked; move the file away and fetch tiny again");
  }

  @Test
  void offline_without_the_files_the_error_shows_how_to_get_them() throws IOException {
    environment.put("HF_HUB_OFFLINE", "1");
    assertThat(fetch("tiny", "boolq")).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).contains("HF_HUB_OFFLINE is set").contains("--model-dir");
    assertThat(server.requests).isEmpty();
    assertThat(folder.resolve("models")).doesNotExist();
  }

  @Test
  void the_first_commit_is_kept_when_the_branch_moves() throws IOException {
    assertThat(fetch("tiny")).isEqualTo(BuckBench.OK);
    String first = lock();
    server.requests.clear();
    Path other = folder.resolve("elsewhere");
    environment.put("HF_HUB_CACHE", folder.resolve("cache2").toString());
    assertThat(fetch("tiny", "--model-dir", other.toString())).isEqualTo(BuckBench.OK);
    assertThat(other.resolve("tiny/config.json")).exists();
    assertThat(server.requests).noneMatch(request -> request.contains("/main/"));
    assertThat(lock()).isEqualTo(first);
  }

  @Test
  void a_pinned_revision_and_digest_are_required_and_wrong_files_are_not_kept() throws IOException {
    models(LocalHub.COMMIT, "f".repeat(64));
    assertThat(fetch("tiny")).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).contains("expected sha256 " + "f".repeat(64));
    assertThat(model("pytorch_model.bin")).doesNotExist();
    assertThat(server.requests).noneMatch(request -> request.contains("/main/"));
    models(
        LocalHub.COMMIT, sha256(new String(content("pytorch_model.bin"), StandardCharsets.UTF_8)));
    assertThat(fetch("tiny")).as(err.toString()).isEqualTo(BuckBench.OK);
    assertThat(lock()).as("pinned by models.csv").doesNotContain("pytorch_model.bin");
  }

  @Test
  void files_put_there_by_hand_are_verified_if_their_digest_is_known() throws IOException {
    Path mine = Files.createDirectories(folder.resolve("mine/tiny"));
    for (String file : FILES) {
      Files.write(mine.resolve(file), content(file));
    }
    models("", Digests.ofFile(mine.resolve("pytorch_model.bin")));
    assertThat(fetch("tiny", "--model-dir", folder.resolve("mine").toString()))
        .isEqualTo(BuckBench.OK);
    assertThat(out.toString())
        .contains("config.json, vocab.json, merges.txt not verified: no digest is known");
    assertThat(server.requests).isEmpty();
    models("", "e".repeat(64));
    assertThat(fetch("tiny", "--model-dir", folder.resolve("mine").toString()))
        .isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString())
        .contains("mine/tiny/pytorch_model.bin: found sha256")
        .contains("as pinned");
  }

  @Test
  void a_different_file_in_the_directory_is_refused() throws IOException {
    Files.createDirectories(model("x").getParent());
    Files.writeString(model("vocab.json"), "mine");
    assertThat(fetch("tiny")).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).contains("vocab.json: found sha256").contains("move the file away");
    assertThat(model("vocab.json")).hasContent("mine");
  }

  @ParameterizedTest
  @CsvSource({
    "401, RepoNotFound, set HF_TOKEN",
    "404, EntryNotFound, check the name",
    "403, GatedRepo, set HF_TOKEN"
  })
  void a_refusal_of_the_server_is_a_failure_without_a_stack_trace(
      int code, String word, String todo) throws IOException {
    server.next("HEAD " + REPO + "main/config.json", status(code, "X-Error-Code", word));
    assertThat(fetch("tiny")).isEqualTo(BuckBench.FAILURE);
    assertThat(err.toString())
        .startsWith("error: ")
        .contains("status " + code)
        .contains(todo)
        .doesNotContain("\tat ");
  }

  @Test
  void boolq_is_written_without_titles_and_verified_on_later_fetches() throws IOException {
    Path boolq = folder.resolve("datasets/boolq");
    assertThat(fetch("boolq")).as(err.toString()).isEqualTo(BuckBench.OK);
    assertThat(boolq.resolve("train.jsonl")).hasContent(WRITTEN);
    assertThat(boolq.resolve("validation.jsonl")).hasContent(WRITTEN + WRITTEN);
    assertThat(boolq.resolve("BoolQ.zip")).doesNotExist();
    server.requests.clear();
    assertThat(fetch("boolq")).isEqualTo(BuckBench.OK);
    assertThat(fetch("boolq", "--data-dir", folder.resolve("datasets").toString()))
        .isEqualTo(BuckBench.OK);
    assertThat(out.toString()).contains("boolq: wrote ", "boolq, verified");
    assertThat(server.requests).isEmpty();
    Files.writeString(boolq.resolve("train.jsonl"), "{}\n");
    assertThat(fetch("boolq")).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).contains("train.jsonl: found sha256").contains("move the file away");
  }

  @Test
  void wrong_rows_and_a_wrong_archive_are_refused_and_not_kept() throws IOException {
    Path boolq = folder.resolve("datasets/boolq");
    server.put("/BoolQ.zip", zip(ROW + ROW, ROW));
    assertThat(fetch("boolq")).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).contains("2 rows that give sha256").contains("--data-dir");
    server.put("/BoolQ.zip", "<html>".getBytes(StandardCharsets.UTF_8));
    assertThat(fetch("boolq")).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).contains("BoolQ.zip: found a file that is not an archive");
    assertThat(boolq).isEmptyDirectory();
    server.put("/BoolQ.zip", zip(ROW, ROW + ROW));
    assertThat(fetch("boolq")).as("a wrong archive is deleted").isEqualTo(BuckBench.OK);
  }

  @Test
  void all_unknown_names_are_reported_before_any_request() throws IOException {
    assertThat(fetch("tiny", "ours", "bolq")).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString())
        .contains("found 'ours', expected boolq, or a model in models.csv that has a hub")
        .contains("found 'bolq'")
        .contains("did you mean boolq?");
    assertThat(server.requests).isEmpty();
    assertThat(new CommandLine(new FetchCommand()).execute()).isNotZero();
  }

  @Test
  void an_endpoint_other_than_an_address_is_refused() throws IOException {
    environment.put("HF_ENDPOINT", "hub");
    assertThat(fetch("tiny")).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).contains("HF_ENDPOINT: found hub");
  }
}
