// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.checkpoint.Checkpoint;
import dev.lanewise.checkpoint.CheckpointFile;
import dev.lanewise.checkpoint.Resumable;
import dev.lanewise.checkpoint.State;
import dev.lanewise.data.DataDigest;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Standardization;
import dev.lanewise.model.DataProvenance;
import dev.lanewise.model.LanewiseVersion;
import dev.lanewise.reduce.BlockTree;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Saves a run in its checkpoint file, resumes it from there, and stops it on request. */
final class Checkpointer {

  /** Of a run that is not kept and not ended. */
  static final Checkpointer NONE =
      new Checkpointer(Checkpointing.NONE, null, "", Map.of(), List.of(), "", null, null);

  private static final String ITERATIONS = "iterations";
  private static final String EPOCHS = "epochs";

  private final Checkpointing plan;
  private final Checkpoint resumed;
  private final String engine;
  private final Map<String, String> options;
  private final List<String> classNames;
  private final String standardization;
  private final Supplier<DataProvenance> data;
  private final TrainingListener listener;

  private Resumable run;
  private List<CostPoint> costs = List.of();
  private long last = System.nanoTime();

  /** How many iterations were complete when the run was kept last; -1 if it never was. */
  private int kept = -1;

  private Checkpointer(
      Checkpointing plan,
      Checkpoint resumed,
      String engine,
      Map<String, String> options,
      List<String> classNames,
      String standardization,
      Supplier<DataProvenance> data,
      TrainingListener listener) {
    this.plan = plan;
    this.resumed = resumed;
    this.engine = engine;
    this.options = options;
    this.classNames = classNames;
    this.standardization = standardization;
    this.data = data;
    this.listener = listener;
  }

  /**
   * The checkpointer of a run.
   *
   * @param plan what is wanted
   * @param resumed the checkpoint that it resumes from; null to start anew
   * @param options of the run
   * @param given these, and what else its weights depend on, by name
   * @param engine that carries it out
   * @param train what it learns from
   * @param data identifies this; asked when it is needed
   * @param listener hears of a checkpoint that cannot be written
   * @throws ResumeException if the checkpoint is of a run with other options
   * @throws DataException if it is of a run on other data
   */
  static Checkpointer of(
      Checkpointing plan,
      Checkpoint resumed,
      Hyperparameters options,
      Map<String, String> given,
      String engine,
      Dataset train,
      Supplier<DataProvenance> data,
      TrainingListener listener) {
    if (plan.isNone()) {
      return NONE;
    }
    Map<String, String> map = new LinkedHashMap<>(given);
    map.put("engine", engine);
    map.put("cost-every", Integer.toString(options.costEvery()));
    if (resumed != null) {
      String source = plan.source().orElseThrow().toString();
      compareOptions(source, resumed, map, options);
      compareData(source, resumed.data(), train, data);
    }
    return new Checkpointer(
        plan, resumed, engine, map, train.classNames(), standardization(train), data, listener);
  }

  private static void compareOptions(
      String source, Checkpoint resumed, Map<String, String> now, Hyperparameters options) {
    Map<String, String> then = resumed.options();
    List<String> names = new ArrayList<>(then.keySet());
    now.keySet().stream().filter(name -> !names.contains(name)).forEach(names::add);
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      String before = then.get(name);
      String after = now.get(name);
      if (!String.valueOf(before).equals(String.valueOf(after)) && !isFree(name, options)) {
        differences.add(
            String.format(Locale.ROOT, "%s %s, and this one %s", name, text(before), text(after)));
      }
    }
    if (!differences.isEmpty()) {
      throw new ResumeException(
          String.format(
              Locale.ROOT, "%s is of a run with %s", source, String.join("; ", differences)));
    }
    if (options.iterations() < resumed.completed()) {
      throw new ResumeException(
          String.format(
              Locale.ROOT,
              "%s has completed %d %s, and this run is to end after %d",
              source,
              resumed.completed(),
              options.solver().iterationName() + "s",
              options.iterations()));
    }
  }

  private static String text(String value) {
    return value == null ? "not given" : value;
  }

  // How many there are changes none of those before, unless the learning rate depends on it.
  private static boolean isFree(String name, Hyperparameters options) {
    return name.equals(ITERATIONS)
        || name.equals(EPOCHS) && !options.solverOptions().sgd().schedule().dependsOnEpochs();
  }

  private static void compareData(
      String source, Checkpoint.Data then, Dataset train, Supplier<DataProvenance> data) {
    if (then.samples() != train.samples() || then.features() != train.width()) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "is of a run on %d samples of %d features, and %s has %d of %d",
              then.samples(),
              then.features(),
              train.origin().source(),
              train.samples(),
              train.width()));
    }
    if (!then.classNames().equals(train.classNames())) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "is of a run on the classes %s, and %s has %s",
              then.classNames(),
              train.origin().source(),
              train.classNames()));
    }
    String now =
        then.digest() == DataDigest.BLOCKS ? data.get().sha256() : train.sha256(then.digest());
    if (!then.sha256().equals(now)) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "is of a run on other data: %s with SHA-256 %s, and %s has %s",
              then.source(),
              then.sha256(),
              train.origin().source(),
              now));
    }
    compareStandardization(source, then, train);
  }

  private static void compareStandardization(String source, Checkpoint.Data then, Dataset train) {
    String now = standardization(train);
    if (then.digest() == DataDigest.CHAIN) {
      // The means and deviations of one block are those of one chain. Of others nothing is known.
      boolean ofOneBlock = train.isStandardizedOnItself() && BlockTree.blocks(train.samples()) == 1;
      if (!now.isEmpty() && !ofOneBlock) {
        throw new DataException(
            source,
            String.format(
                Locale.ROOT,
                "is of an earlier version, which standardised more than %d samples by other sums;"
                    + " train from the beginning",
                BlockTree.BLOCK));
      }
      return;
    }
    if (!then.standardization().equals(now)) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "is of a run on features %s, and those of %s are %s; scale them as in that run",
              scaled(then.standardization()),
              train.origin().source(),
              scaled(now)));
    }
  }

  private static String scaled(String standardization) {
    return standardization.isEmpty()
        ? "not standardised"
        : "standardised by means and deviations with SHA-256 " + standardization;
  }

  private static String standardization(Dataset train) {
    return train.standardization().map(Standardization::sha256).orElse("");
  }

  /**
   * The run begins.
   *
   * @param resumable has its numbers; gets those that were kept, where it goes on
   * @param noted where it notes its costs; gets those that were noted
   * @return how many iterations are complete
   */
  int begin(Resumable resumable, List<CostPoint> noted) {
    if (plan.isNone()) {
      return 0;
    }
    run = resumable;
    costs = noted;
    last = System.nanoTime();
    if (resumed == null) {
      return 0;
    }
    run.transfer(resumed.state());
    for (int i = 0; i < resumed.costs().costs().length; i++) {
      noted.add(new CostPoint(resumed.costs().iterations()[i], resumed.costs().costs()[i]));
    }
    return resumed.completed();
  }

  /**
   * An iteration is complete, and others follow.
   *
   * @param completed how many are
   * @throws TrainingStoppedException if the run is to stop
   */
  void completed(int completed) {
    if (plan.isNone()) {
      return;
    }
    if (plan.isToStop()) {
      plan.target().ifPresent(target -> write(completed, target));
      throw kept < 0
          ? new TrainingStoppedException(completed, null)
          : new TrainingStoppedException(kept, plan.target().orElseThrow());
    }
    if (plan.target().isPresent() && plan.isDue(completed, System.nanoTime() - last)) {
      writeIfPossible(completed);
    }
  }

  /** The last iteration is complete: what is kept then needs no iteration to give the weights. */
  void finished(int completed) {
    if (plan.target().isPresent()) {
      writeIfPossible(completed);
    }
  }

  // A disk that is full for a while is no reason to lose the run, too.
  private void writeIfPossible(int completed) {
    try {
      write(completed, plan.target().orElseThrow());
    } catch (DataException e) {
      listener.warning(
          String.format(
              Locale.ROOT, "no checkpoint after iteration %d: %s", completed, e.getMessage()));
    }
    last = System.nanoTime();
  }

  private void write(int completed, Path target) {
    State state = State.of(run);
    if (!state.isFinite()) {
      // The run has diverged, which it will notice: the last checkpoint is worth more.
      return;
    }
    DataProvenance from = data.get();
    CheckpointFile.write(
        new Checkpoint(
            new Checkpoint.Writer(
                LanewiseVersion.current(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()),
            engine,
            completed,
            options,
            new Checkpoint.Data(
                from.source(),
                from.digest(),
                from.sha256(),
                standardization,
                from.samples(),
                from.features(),
                classNames),
            new Checkpoint.Costs(
                costs.stream().mapToInt(CostPoint::iteration).toArray(),
                costs.stream().mapToDouble(CostPoint::cost).toArray()),
            state),
        target);
    kept = completed;
  }
}
