// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.FileStamp;
import dev.lanewise.data.Origin;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.file.MappedFile;
import dev.lanewise.exec.Compute;
import dev.lanewise.exec.GramSource;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.loss.Problem;
import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.MappedMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.model.DenseLayer;
import dev.lanewise.model.Model;
import dev.lanewise.nn.Parameters;
import dev.lanewise.random.Draw.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What computes a problem: kernels, threads, and where the features lie.
 *
 * @param kernels the kernels
 * @param threads so many, however small the problem is; 0 for {@link LogisticRegression} as users
 *     call it
 * @param storage what the features are stored as
 */
record BitsRun(Kernels kernels, int threads, Storage storage) {

  /** Where features lie. */
  enum Storage {
    FLOATS,
    BYTES,
    MAPPED_FLOATS,
    MAPPED_BYTES;

    boolean isBytes() {
      return this == BYTES || this == MAPPED_BYTES;
    }
  }

  private static final HexFormat HEX = HexFormat.of();

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s%d, %s, %s",
        kernels.name(),
        kernels.lanes(),
        threads == 0 ? "fit" : threads + " threads",
        storage.name().toLowerCase(Locale.ROOT));
  }

  /**
   * Everything that came of a run, to the bit: weights, bias, costs, where it ended and why; or the
   * one line that says why nothing did.
   *
   * @param file written to where features are mapped
   */
  String outcome(BitsCase problem, Path file) {
    try (Dataset data = data(problem, file)) {
      float[] weights = problem.weights();
      Dataset weighted = weights == null ? data : data.withWeights(weights);
      return threads == 0
          ? fit(problem, problem.options(), weighted, Checkpointing.NONE)
          : run(problem, weighted);
    } catch (TrainingException | DivergedException | IllegalArgumentException e) {
      return REFUSED + e.getMessage();
    }
  }

  /** Begins what {@link #outcome} says of a run without an end. */
  static final String REFUSED = "no model: ";

  /**
   * What {@link #outcome} says of a run that may go on from a checkpoint, and as many threads as it
   * is given, at most.
   *
   * @throws TrainingStoppedException if the checkpoints are to end it before its end
   */
  String outcome(BitsCase problem, Path file, Checkpointing checkpoints) {
    try (Dataset data = data(problem, file)) {
      float[] weights = problem.weights();
      Dataset weighted = weights == null ? data : data.withWeights(weights);
      Hyperparameters options = problem.options();
      return fit(problem, options, weighted, checkpoints);
    } catch (TrainingStoppedException e) {
      throw e;
    } catch (TrainingException | DivergedException | IllegalArgumentException e) {
      return REFUSED + e.getMessage();
    }
  }

  private String fit(
      BitsCase problem, Hyperparameters options, Dataset data, Checkpointing checkpoints) {
    TrainingResult result =
        new LogisticRegression(options, Execution.ofThreads(Math.max(1, threads)))
            .fit(data, WarmStart.NONE, kernels, TrainingListener.SILENT, checkpoints);
    Model model = result.model();
    return text(
        model.layers(), result.costs(), result.convergence(), result.heldOut().orElse(null));
  }

  // The run itself, as training gives small problems fewer threads than it may.
  private String run(BitsCase problem, Dataset data) {
    Hyperparameters options = problem.options();
    options.check(data);
    if (problem.isMany() && !problem.isSoftmax()) {
      return eachAgainstTheRest(options, data);
    }
    try (Arena arena = Arena.ofShared();
        Compute compute = new Compute(kernels, threads)) {
      Run.Prepared run = prepare(options, data, Workspace.of(arena), compute);
      return text(Neurons.of(run.run(TrainingListener.SILENT)));
    }
  }

  /**
   * The memory of a run, in bytes.
   *
   * @param estimated what a dry run has counted
   * @param taken what the run has allocated, and counted, in the end
   */
  record MemoryUse(long estimated, long taken) {}

  /** The memory that a run takes; with one versus the rest, the run of one class. */
  MemoryUse memory(BitsCase problem, Path file) {
    Hyperparameters options = problem.options().withClassWeights(ClassWeights.NONE);
    try (Dataset plain = data(problem, file);
        Arena arena = Arena.ofShared();
        Compute compute = new Compute(kernels, Math.max(1, threads))) {
      float[] weights = problem.weights();
      Dataset all = weights == null ? plain : plain.withWeights(weights);
      Dataset data =
          options.isOneVersusRest(all)
              ? OneVersusRest.binarize(all, all.classNames().getFirst())
              : all;
      Workspace dry = Workspace.dryRun();
      prepare(options, data, dry, compute);
      Workspace workspace = Workspace.of(arena);
      try {
        prepare(options, data, workspace, compute).run(TrainingListener.SILENT);
      } catch (TrainingException | DivergedException e) {
        // Such a run has taken memory, too.
      }
      return new MemoryUse(dry.byteSize(), workspace.byteSize());
    }
  }

  private static Run.Prepared prepare(
      Hyperparameters options, Dataset data, Workspace workspace, Compute compute) {
    Problem what = TrainingProblem.of(workspace, data, options);
    Parameters start = new Parameters(workspace, what.layout());
    if (!workspace.isDryRun() && !solvesForSamples(options, data)) {
      options.initialization().fill(start, options.seed());
    }
    return run(options, data).prepare(workspace, compute, what, start);
  }

  private String eachAgainstTheRest(Hyperparameters options, Dataset data) {
    OneVersusRest.check(options, data);
    OneVersusRest all = new OneVersusRest(new LogisticRegression(options));
    try (Compute compute = new Compute(kernels, threads)) {
      return text(all.train(data, WarmStart.NONE, compute, TrainingListener.SILENT));
    }
  }

  private static String text(Neurons all) {
    return text(all.layers(), all.costs(), all.convergence(), all.heldOut().orElse(null));
  }

  private static Run run(Hyperparameters options, Dataset data) {
    switch (options.solver()) {
      case GD:
        return new Descent(options, options.engineFor(data), GramSource.OWN, Checkpointer.NONE);
      case SGD:
        return new SgdRun(options, options.holdOut(data), Checkpointer.NONE);
      default:
        if (!options.hidden().isNone()) {
          return new NetworkSolverRun(options);
        }
        return new SolverRun(options, variant(options, data), WarmStart.NONE);
    }
  }

  // Which begins from zeros, whatever the initial weights.
  private static boolean solvesForSamples(Hyperparameters options, Dataset data) {
    return options.solver() == SolverChoice.NEWTON
        && variant(options, data) == SolverVariant.SAMPLES;
  }

  private static SolverVariant variant(Hyperparameters options, Dataset data) {
    return SolverVariant.of(options, data.width(), data.samples(), TrainingProblem.outputs(data));
  }

  private static String text(
      List<DenseLayer> layers,
      List<CostPoint> costs,
      Convergence convergence,
      HeldOutCost heldOut) {
    // A record of doubles prints each as the shortest text that only it has.
    StringBuilder text = new StringBuilder();
    for (DenseLayer layer : layers) {
      float[][] weights = new float[layer.units()][];
      float[] biases = new float[layer.units()];
      for (int k = 0; k < biases.length; k++) {
        weights[k] = layer.weights(k);
        biases[k] = layer.bias(k);
      }
      text.append(bits(weights, biases));
    }
    return text.toString() + costs + convergence + heldOut;
  }

  /** What {@link #outcome} begins with: of weights and biases by columns. */
  static String bits(float[][] weights, float[] biases) {
    StringBuilder text = new StringBuilder();
    for (int k = 0; k < biases.length; k++) {
      text.append(hash(weights[k])).append(' ');
      text.append(Float.toHexString(biases[k])).append(' ');
    }
    return text.toString();
  }

  private static String hash(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    try {
      return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The features in a storage; the caller closes them. */
  Dataset data(BitsCase problem, Path file) {
    int m = problem.samples();
    int d = problem.features();
    switch (storage) {
      case FLOATS:
        Arena ofFloats = Arena.ofShared();
        FloatMatrix columns = FloatMatrix.allocate(ofFloats, d, m);
        float[][] samples = problem.x();
        for (int j = 0; j < m; j++) {
          columns.setColumn(j, samples[j]);
        }
        return dataset(ofFloats, columns, problem);
      case BYTES:
        Arena arena = Arena.ofShared();
        ByteMatrix x = ByteMatrix.allocate(arena, d, m, Scaling.PIXEL_FACTOR);
        MemorySegment pixels = MemorySegment.ofArray(problem.pixels());
        for (int j = 0; j < m; j++) {
          x.setColumn(j, pixels, (long) j * d);
        }
        return dataset(arena, x, problem);
      case MAPPED_BYTES:
        MappedFile bytes = written(file, problem.pixels());
        return dataset(
            bytes,
            MappedMatrix.ofBytes(
                bytes, bytes.map(OFFSET, (long) m * d), d, m, Scaling.PIXEL_FACTOR),
            problem);
      default:
        ByteBuffer numbers =
            ByteBuffer.allocate(Float.BYTES * m * d).order(ByteOrder.nativeOrder());
        for (float[] sample : problem.x()) {
          for (float number : sample) {
            numbers.putFloat(number);
          }
        }
        MappedFile floats = written(file, numbers.array());
        return dataset(
            floats,
            MappedMatrix.ofFloats(floats, floats.map(OFFSET, (long) Float.BYTES * m * d), d, m),
            problem);
    }
  }

  // So that the features begin at no round address.
  private static final int OFFSET = 13;

  private static MappedFile written(Path file, byte[] content) {
    byte[] all = new byte[OFFSET + content.length];
    System.arraycopy(content, 0, all, OFFSET, content.length);
    try {
      Files.write(file, all);
      return MappedFile.open(file, FileStamp.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Dataset dataset(Arena arena, SampleMatrix x, BitsCase problem) {
    return new Dataset(
        arena,
        x,
        problem.y(),
        IntStream.range(0, problem.classes()).mapToObj(String::valueOf).toList(),
        FeatureShape.of(problem.features()),
        problem.values() == Values.PIXELS ? Scaling.PIXELS : Scaling.NONE,
        Origin.memory("drawn"));
  }
}
