package io.buckbench.repeat;

import io.buckbench.accepted.EarlierProgram;
import io.buckbench.accepted.SuiteSeeds;
import io.buckbench.files.WorkTree;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.record.Declaration;
import io.buckbench.record.Provenance;
import io.buckbench.record.RecordDifferences;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.record.TrialId;
import io.buckbench.suite.Project;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import io.buckbench.trial.DeviceClass;
import io.buckbench.trial.Program;
import io.buckbench.trial.TrialListener;
import io.buckbench.trial.TrialRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the trial of a record again, as its provenance says, and compares the two. If the program
 * has not changed since, this one runs the trial, and otherwise that of the record's commit.
 *
 * @param project has the data and models, and the repository of the commit
 * @param recorded the record's place
 * @param folder for the new run, and for the work tree of another commit
 * @param anyway whether to run also if something is missing or different here
 */
public record Reproduction(Project project, RecordPlace recorded, Path folder, boolean anyway) {
  private static final String ANYWAY = ", or compare all the same with --anyway";

  /**
   * What came of it.
   *
   * @param how which program ran the trial
   * @param inputs in what the inputs of the runs differ, such as the version of Java
   * @param repetition the comparison of both
   */
  public record Outcome(String how, List<String> inputs, Repetition repetition) {}

  /**
   * Runs the trial again.
   *
   * @throws InvalidInputException with everything that is missing here
   */
  public Outcome run(TrialListener listener) {
    RunRecord before = recorded.record();
    if (!Program.SHA256.equals(before.provenance().sha256().get(Provenance.PROGRAM))) {
      return ofItsCommit(before);
    }
    Problems missing = new Problems();
    machine(before.provenance(), missing);
    RowFile row = RowFile.write(project, folder, recorded.trial().suite(), ranBy(before));
    Optional<Trial> trial = Optional.empty();
    try {
      trial = Optional.of(row.trial(before.seed()));
    } catch (InvalidInputException e) {
      missing.addAll(e);
    }
    trial.ifPresent(found -> inputs(before, found, missing));
    if (trial.isEmpty() || !anyway) {
      missing.throwIfAny();
    }
    RunStore again = FreshRun.of(row, trial.orElseThrow(), folder.resolve("again"), listener);
    return outcome("this program, which is the record's", again, before);
  }

  /** The row whose training made the record: its own, or that which served it as a milestone. */
  private Declaration ranBy(RunRecord before) {
    Optional<String> server = before.declared().servedBy();
    return server.isEmpty() ? before.declared() : recorded.other(server.get()).record().declared();
  }

  /** What this machine lacks, whichever program runs. */
  private void machine(Provenance then, Problems missing) {
    String here = DeviceClass.here(then.threads()).id();
    if (!here.equals(then.deviceClass())) {
      missing.add(
          recorded + " deviceClass", here, then.deviceClass(), "use such a machine" + ANYWAY);
    }
    String java = System.getProperty("java.version");
    String wanted = then.versions().getOrDefault("java", java);
    if (!java.equals(wanted)) {
      missing.add(
          recorded + " versions.java", java, wanted, "set JAVA_HOME to such a JDK" + ANYWAY);
    }
  }

  /** Compares what the trial would be given here with what it was given. */
  private void inputs(RunRecord before, Trial trial, Problems missing) {
    Provenance then = before.provenance();
    try (TrialRunner runner = new TrialRunner(project.benchmarks(missing))) {
      runner.check(new Suite(trial.suite(), List.of(trial.configuration())), missing);
      if (!missing.isEmpty() && !anyway) {
        return;
      }
      Provenance here = runner.provenance(own(trial, before));
      differences("sha256.", here.sha256(), then.sha256(), "restore it", missing);
      differences("versions.", here.versions(), then.versions(), "install it", missing);
      differences("pytorchFlags.", here.pytorchFlags(), then.pytorchFlags(), "set it", missing);
    } catch (UncheckedIOException e) {
      missing.add(recorded.toString(), e.getMessage(), "the files of its trial", "restore them");
    }
  }

  /** The trial of the record: the one that was run, or a milestone of it. */
  private static Trial own(Trial trial, RunRecord before) {
    return trial.recorded().stream()
        .filter(t -> t.id().equals(before.id()))
        .findFirst()
        .orElse(trial);
  }

  /**
   * Compares the data and the model in a work tree of the record's commit with those that the trial
   * was given, before minutes are spent on a build. If this program cannot read the row there, that
   * of the commit must say what is missing.
   */
  private void files(Project tree, RunRecord before, Problems missing) {
    RowFile row = RowFile.write(tree, folder.resolve("row"), before.suite(), ranBy(before));
    Problems none = new Problems();
    try (TrialRunner runner = new TrialRunner(tree.benchmarks(none))) {
      Trial trial = row.trial(before.seed());
      Map<String, String> here = runner.provenance(own(trial, before)).sha256();
      Map<String, String> then = new LinkedHashMap<>(before.provenance().sha256());
      then.keySet().retainAll(List.of("data", "model", "tokenizer"));
      String todo =
          "restore the data set "
              + before.declared().value("data")
              + trial.configuration().model().map(m -> ", or " + m.directory()).orElse("");
      differences("sha256.", here, then, todo, missing);
    } catch (InvalidInputException e) {
      // It is of another version.
    } catch (UncheckedIOException e) {
      missing.add(recorded.toString(), e.getMessage(), "the files of its trial", "restore them");
    }
  }

  private void differences(
      String kind, Map<String, ?> here, Map<String, ?> then, String todo, Problems missing) {
    then.forEach(
        (name, value) -> {
          if (!value.equals(here.get(name))) {
            missing.add(
                recorded + " " + kind + name, here.get(name) + "", value + "", todo + ANYWAY);
          }
        });
  }

  private Outcome ofItsCommit(RunRecord before) {
    Provenance then = before.provenance();
    String commit = then.commit();
    Problems missing = new Problems();
    machine(then, missing);
    if (then.dirty()) {
      missing.add(
          recorded + " dirty",
          "true: files were modified when it was run, and this is another program",
          "a record of a commit, or the same program",
          "check out the program that made it, and build it there");
    }
    if (!new WorkTree(project.root()).has(commit)) {
      missing.add(
          recorded + " commit", commit, "a commit that git has here", "fetch it into this clone");
    }
    if (then.dirty() || !anyway) {
      missing.throwIfAny();
    }
    EarlierProgram program = new EarlierProgram(project, folder, EarlierProgram.UNLIMITED);
    String row = ranBy(before).value(Declaration.ID);
    try {
      program.run(commit, before.suite(), List.of(row), file -> declare(file, before));
    } catch (InvalidInputException e) {
      // A run that broke a promise has a record too.
      if (program.store(commit).find(before.id()).isEmpty()) {
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(commit, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return outcome("its own program, of commit " + commit, program.store(commit), before);
  }

  /** The commit's own declarations, or the recorded row if they are not in git. */
  private void declare(Path file, RunRecord before) {
    Problems missing = new Problems();
    files(Project.at(file.getParent().getParent()), before, missing);
    if (!anyway) {
      missing.throwIfAny();
    }
    Declaration row = ranBy(before);
    if (!SuiteSeeds.replace(file, Map.of(row.value(Declaration.ID), List.of(before.seed())))
        .isEmpty()) {
      Map<String, String> columns = new LinkedHashMap<>(row.columns());
      columns.put(Declaration.SEEDS, Long.toString(before.seed()));
      RowFile.write(file, new Declaration(columns));
    }
  }

  private Outcome outcome(String how, RunStore again, RunRecord before) {
    TrialId id = before.id();
    Repetition repetition = Repetition.of(id, recorded.store(), again);
    return new Outcome(
        how, RecordDifferences.ofInputs(before, again.find(id).orElseThrow()), repetition);
  }
}
