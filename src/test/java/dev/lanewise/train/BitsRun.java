package dev.lanewise.train;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Origin;
import dev.lanewise.data.SampleKind;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.file.FileStamp;
import dev.lanewise.data.file.MappedFile;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.MappedMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.pass.Team;
import dev.lanewise.solve.Point;
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
    return "%s%d, %s, %s"
        .formatted(
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
      return threads == 0 ? fit(problem, weighted) : run(problem, weighted);
    } catch (TrainingException | DivergedException | IllegalArgumentException e) {
      return REFUSED + e.getMessage();
    }
  }

  /** Begins what {@link #outcome} says of a run without an end. */
  static final String REFUSED = "no model: ";

  private String fit(BitsCase problem, Dataset data) {
    TrainingResult result =
        new LogisticRegression(problem.options()).fit(data, kernels, TrainingListener.SILENT);
    return text(
        result.model().weights(),
        result.model().bias(),
        result.costs(),
        result.convergence(),
        result.heldOut().orElse(null));
  }

  // The run itself, as training gives small problems fewer threads than it may.
  private String run(BitsCase problem, Dataset data) {
    TrainingOptions options = problem.options();
    options.check(data);
    try (Arena arena = Arena.ofShared();
        Team team = new Team(threads)) {
      Problem what = Problem.of(arena, data, options.penalty(), options.classWeights());
      Point start = new Point(FloatMatrix.allocate(arena, data.width(), 1), new float[1]);
      if (!solvesForSamples(options, data)) {
        options.initialization().fill(start.weights(), options.seed());
      }
      Run.Outcome outcome =
          run(options, data).run(arena, kernels, team, what, start, TrainingListener.SILENT);
      return text(
          outcome.end().weights().column(0),
          outcome.end().bias()[0],
          outcome.costs(),
          outcome.convergence(),
          outcome.heldOut());
    }
  }

  private static Run run(TrainingOptions options, Dataset data) {
    switch (options.solver()) {
      case GD:
        return new Descent(options, options.engineFor(data), GramSource.OWN, Keeper.NONE);
      case SGD:
        return new SgdRun(options, options.parts(data), Keeper.NONE);
      default:
        return new SolverRun(options, variant(options, data), false, GramSource.OWN);
    }
  }

  // Which begins from zeros, whatever the initial weights.
  private static boolean solvesForSamples(TrainingOptions options, Dataset data) {
    return options.solver() == SolverChoice.NEWTON
        && variant(options, data) == SolverVariant.SAMPLES;
  }

  private static SolverVariant variant(TrainingOptions options, Dataset data) {
    return SolverVariant.of(options, data.width(), data.samples(), Problem.columns(data));
  }

  private static String text(
      float[] weights,
      float bias,
      List<CostPoint> costs,
      Convergence convergence,
      HeldOutCost heldOut) {
    // A record of doubles prints each as the shortest text that only it has.
    return bits(weights, bias) + costs + convergence + heldOut;
  }

  /** What {@link #outcome} begins with. */
  static String bits(float[] weights, float bias) {
    return hash(weights) + " " + Float.toHexString(bias) + " ";
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
        return Dataset.of(problem.x(), problem.y());
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
        SampleKind.UNNAMED,
        FeatureShape.of(problem.features()),
        storage.isBytes() ? Scaling.PIXELS : Scaling.NONE,
        Origin.memory("drawn"));
  }
}
