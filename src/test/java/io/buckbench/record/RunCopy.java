package io.buckbench.record;

import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.CostLedger;
import io.buckbench.budget.Stall;
import io.buckbench.eval.Prediction;
import io.buckbench.promise.Inspection;
import io.buckbench.train.StepMetric;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Copies a record with some values changed: {@code RunCopy.of(run).commit("x").record()}. */
public final class RunCopy {
  private final RunRecord run;
  private String suite;
  private long seed;
  private RunStatus status;
  private String failure;
  private Declaration declared;
  private Provenance provenance;
  private Inspection inspection;
  private List<StepMetric> steps;
  private CostLedger cost;
  private List<Prediction> predictions;
  private SideEffects sideEffects;
  private DataFacts data;

  private RunCopy(RunRecord run) {
    this.run = run;
    suite = run.suite();
    seed = run.seed();
    status = run.status();
    failure = run.failure();
    declared = run.declared();
    provenance = run.provenance();
    inspection = run.inspection();
    steps = run.steps();
    cost = run.cost();
    predictions = run.predictions();
    sideEffects = run.sideEffects();
    data = run.data();
  }

  public static RunCopy of(RunRecord run) {
    return new RunCopy(run);
  }

  public RunCopy suite(String name) {
    suite = name;
    return this;
  }

  public RunCopy seed(long other) {
    seed = other;
    return this;
  }

  public RunCopy deviceClass(String name) {
    Provenance p = provenance;
    return provenance(
        new Provenance(
            p.startedAt(),
            p.commit(),
            p.dirty(),
            p.command(),
            name,
            p.device(),
            p.precision(),
            p.threads(),
            p.workers(),
            p.versions(),
            p.pytorchFlags(),
            p.sha256()));
  }

  public RunCopy ended(RunStatus how, String why) {
    status = how;
    failure = why;
    return this;
  }

  public RunCopy declared(Declaration row) {
    declared = row;
    return this;
  }

  /** The same row with another value in a column. */
  public RunCopy declared(String column, String value) {
    Map<String, String> columns = new LinkedHashMap<>(declared.columns());
    columns.put(column, value);
    return declared(new Declaration(columns));
  }

  public RunCopy provenance(Provenance from) {
    provenance = from;
    return this;
  }

  public RunCopy startedAt(String instant) {
    return provenance(instant, provenance.commit(), provenance.precision(), provenance.sha256());
  }

  public RunCopy commit(String commit) {
    return provenance(provenance.startedAt(), commit, provenance.precision(), provenance.sha256());
  }

  public RunCopy precision(String precision) {
    return provenance(provenance.startedAt(), provenance.commit(), precision, provenance.sha256());
  }

  public RunCopy inputs(Map<String, String> sha256) {
    return provenance(provenance.startedAt(), provenance.commit(), provenance.precision(), sha256);
  }

  private RunCopy provenance(
      String startedAt, String commit, String precision, Map<String, String> sha256) {
    provenance =
        new Provenance(
            startedAt,
            commit,
            provenance.dirty(),
            provenance.command(),
            provenance.deviceClass(),
            provenance.device(),
            precision,
            provenance.threads(),
            provenance.workers(),
            provenance.versions(),
            provenance.pytorchFlags(),
            sha256);
    return this;
  }

  public RunCopy inspection(Inspection seen) {
    inspection = seen;
    return this;
  }

  public RunCopy steps(List<StepMetric> taken) {
    steps = taken;
    return this;
  }

  public RunCopy cost(CostLedger ledger) {
    cost = ledger;
    return this;
  }

  /** The same ledger under the metered clock. */
  public RunCopy metered(String usd) {
    return ledger(BudgetClock.METERED, new BigDecimal(usd), cost.stalls());
  }

  /** The same ledger under the planned clock. */
  public RunCopy planned(String usd) {
    return ledger(BudgetClock.PLANNED, new BigDecimal(usd), cost.stalls());
  }

  public RunCopy stalls(List<Stall> found) {
    return ledger(cost.clock(), cost.budgetUsd(), found);
  }

  private RunCopy ledger(BudgetClock clock, BigDecimal usd, List<Stall> stalls) {
    return cost(
        new CostLedger(
            cost.priceCard(),
            clock,
            usd,
            cost.plannedSteps(),
            cost.arithmetic(),
            cost.entries(),
            stalls));
  }

  public RunCopy predictions(List<Prediction> answers) {
    predictions = answers;
    return this;
  }

  public RunCopy sideEffects(SideEffects seen) {
    sideEffects = seen;
    return this;
  }

  public RunCopy data(DataFacts facts) {
    data = facts;
    return this;
  }

  public RunRecord record() {
    return new RunRecord(
        suite,
        run.configuration(),
        seed,
        status,
        failure,
        declared,
        provenance,
        run.trainableParameters(),
        run.totalParameters(),
        run.trainableSha256(),
        inspection,
        run.truncated(),
        data,
        steps,
        cost,
        predictions,
        sideEffects);
  }
}
