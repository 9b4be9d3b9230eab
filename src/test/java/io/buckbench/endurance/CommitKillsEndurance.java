package io.buckbench.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.files.Folders;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process is killed at each system call of a commit that replaces a record: strace sends SIGKILL
 * when the committing thread makes its Nth call of a kind, before the call does anything. The store
 * then has the old record or the new one, and the next commit clears up.
 */
class CommitKillsEndurance {
  /** Calls that change something, at all scales. */
  private static final Pattern CHANGES =
      Pattern.compile("mkdir|rename|unlink|rmdir|link|fsync|fdatasync|ftruncate|fallocate");

  /** At the small scale, one in so many of the other calls. */
  private static final int EVERY = Scale.of(12, 1);

  /** The calls that concern files; others belong to the JVM. */
  private static final Pattern OF_FILES =
      Pattern.compile(
          "(open|read|pread|write|pwrite|close|.*sync|rename|mkdir|unlink|rmdir|link|.*stat|statx"
              + "|.*access|getdents|lseek|fcntl|.*truncate|.*chmod|utimens|fallocate).*");

  private static final Pattern CALL = Pattern.compile("^(?:\\d+ +)?([a-z_0-9]+)\\(");
  private static final int KILLED = 137;
  private static final int ATTEMPTS = 5;

  /** A system call of the commit: the Nth of its kind. */
  private record Call(String kind, int number) {}

  /** What became of a killed commit. */
  private record Ending(Call call, int status, boolean fresh) {}

  @TempDir Path dir;

  @Test
  void a_commit_that_is_killed_at_a_system_call_leaves_the_old_record_or_the_new_one()
      throws Exception {
    Assumptions.assumeTrue(
        Stream.of("/usr/bin/strace", "/bin/strace").map(Path::of).anyMatch(Files::isExecutable),
        "strace is missing: apt-get install strace");
    List<Call> all = calls();
    List<Call> chosen = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (CHANGES.matcher(all.get(i).kind).find() || i % EVERY == 0) {
        chosen.add(all.get(i));
      }
    }
    ExecutorService pool = Executors.newFixedThreadPool(2);
    List<Future<Ending>> endings = new ArrayList<>();
    for (Call call : chosen) {
      Callable<Ending> kill = () -> kill(call);
      endings.add(pool.submit(kill));
    }
    int old = 0;
    for (Future<Ending> each : endings) {
      Ending ending = each.get();
      old += ending.fresh ? 0 : 1;
    }
    pool.shutdown();
    assertThat(old).as("old records").isBetween(1, chosen.size() - 1);
    System.out.printf(
        "commit: killed at %d of its %d system calls; the old record %d times, the new one %d%n",
        chosen.size(), all.size(), old, chosen.size() - old);
  }

  private RunStore store(Path folder) {
    RunStore store = new RunStore(folder);
    CommitMain.commit(store, CommitMain.old());
    return store;
  }

  private Child child(Path folder) {
    return Child.start(
        Map.of(),
        List.of("-Xshare:auto"),
        CommitMain.class,
        folder.resolve("practice").toString(),
        folder.resolve("runs").toString());
  }

  private static Process strace(Child child, Path log, String... options) throws Exception {
    String thread = child.await("thread ");
    List<String> command = new ArrayList<>(List.of("strace", "-p", thread));
    command.addAll(List.of("-o", log.toString()));
    command.addAll(List.of(options));
    Process strace =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Path status = Path.of("/proc", child.pid() + "", "task", thread, "status");
    while (strace.isAlive() && Files.readString(status).contains("TracerPid:\t0\n")) {
      Thread.sleep(1);
    }
    child.send("");
    return strace;
  }

  /** The system calls of a commit that is not disturbed, from its first look at the store on. */
  private List<Call> calls() throws Exception {
    Path folder = Files.createDirectories(dir.resolve("undisturbed"));
    store(folder.resolve("runs"));
    Path log = folder.resolve("strace.txt");
    try (Child child = child(folder)) {
      Process strace = strace(child, log);
      assertThat(child.exitStatus()).as(child.output()).isZero();
      strace.waitFor();
    }
    List<Call> calls = new ArrayList<>();
    Map<String, Integer> numbers = new LinkedHashMap<>();
    boolean begun = false;
    for (String line : Files.readAllLines(log)) {
      Matcher call = CALL.matcher(line);
      if (!call.find()) {
        continue;
      }
      int number = numbers.merge(call.group(1), 1, Integer::sum);
      begun |= line.contains(folder.resolve("runs").toString());
      if (begun && OF_FILES.matcher(call.group(1)).matches()) {
        calls.add(new Call(call.group(1), number));
      }
    }
    assertThat(calls).hasSizeGreaterThan(50);
    return calls;
  }

  /**
   * Kills a process at a call. The number of calls of a kind may differ between two processes by
   * those of the JVM; one that ends before the call is reached is followed by another, killed at
   * the last call that the first one made.
   */
  private Ending kill(Call call) throws Exception {
    Call next = call;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Path folder =
          Files.createDirectories(dir.resolve(call.kind + "-" + call.number + "-" + attempt));
      Ending ending = kill(next, folder);
      if (ending.status == KILLED) {
        return ending;
      }
      int made = numbers(Files.readAllLines(folder.resolve("strace.txt"))).get(call.kind);
      assertThat(ending.status).as(ending.toString()).isZero();
      assertThat(ending.fresh).as(ending.toString()).isTrue();
      assertThat(made).as("calls before the end of " + ending).isLessThan(next.number);
      next = new Call(call.kind, made);
    }
    throw new AssertionError(ATTEMPTS + " processes ended before they made " + call);
  }

  private Ending kill(Call call, Path folder) throws Exception {
    RunStore store = store(folder.resolve("runs"));
    int status;
    try (Child child = child(folder)) {
      Process strace =
          strace(
              child,
              folder.resolve("strace.txt"),
              "-e",
              "trace=" + call.kind,
              "-e",
              "inject=" + call.kind + ":signal=KILL:when=" + call.number);
      status = child.exitStatus();
      strace.waitFor();
    }
    RunRecord found = store.find(CommitMain.old().id()).orElseThrow();
    assertThat(found).as("after " + call).isIn(CommitMain.old(), CommitMain.fresh());
    // The next process completes what was begun, and deletes what was left.
    CommitMain.commit(store, CommitMain.fresh());
    assertThat(store.read(found.suite())).containsExactly(CommitMain.fresh());
    assertThat(left(folder.resolve("runs"))).as("after " + call).isEmpty();
    return new Ending(call, status, found.equals(CommitMain.fresh()));
  }

  /** How many calls of each kind a log has. */
  private static Map<String, Integer> numbers(List<String> log) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (String line : log) {
      Matcher call = CALL.matcher(line);
      if (call.find()) {
        numbers.merge(call.group(1), 1, Integer::sum);
      }
    }
    return numbers;
  }

  /** Files that are neither the record's nor the lock of the drafts. */
  private static List<Path> left(Path runs) throws IOException {
    return Folders.files(runs).stream()
        .map(runs::relativize)
        .filter(file -> !file.startsWith(Path.of("suite")) && !file.endsWith("lock"))
        .filter(file -> file.startsWith(".drafts") || file.toString().contains(".new"))
        .toList();
  }
}
