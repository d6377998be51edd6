package dev.lanewise.train;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Whether a run is kept now and then, where it goes on from, and who may end it early. It changes
 * no bit: a run that goes on from a checkpoint ends in the weights and costs that it would have
 * ended in.
 *
 * <p>Immutable; that is, but for what tells the run to stop.
 */
public final class Checkpoints {

  /** The run is not kept, begins at the beginning, and nobody ends it. */
  public static final Checkpoints NONE =
      new Checkpoints(null, 0, Duration.ofSeconds(30), null, () -> false);

  private final Path target;
  private final int iterations;
  private final Duration time;
  private final Path source;
  private final BooleanSupplier stop;

  private Checkpoints(
      Path target, int iterations, Duration time, Path source, BooleanSupplier stop) {
    this.target = target;
    this.iterations = iterations;
    this.time = time;
    this.source = source;
    this.stop = stop;
  }

  /**
   * The same with a file that keeps the run: every 30 seconds, unless told otherwise, and at the
   * end.
   *
   * @param file new, or a checkpoint, which is replaced
   * @return new checkpoints
   */
  public Checkpoints to(Path file) {
    return new Checkpoints(Objects.requireNonNull(file), iterations, time, source, stop);
  }

  /**
   * The same, kept every so many iterations.
   *
   * @param count iterations, or epochs of sgd; at least 1
   * @return new checkpoints
   * @throws IllegalArgumentException if it is less
   */
  public Checkpoints every(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("a checkpoint is written every 1 iteration or more");
    }
    return new Checkpoints(target, count, time, source, stop);
  }

  /**
   * The same, kept after the iteration in which so much time has passed.
   *
   * @param duration above 0
   * @return new checkpoints
   * @throws IllegalArgumentException if it is not
   */
  public Checkpoints every(Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException("the time between checkpoints is above 0");
    }
    return new Checkpoints(target, 0, duration, source, stop);
  }

  /**
   * The same, going on from a checkpoint.
   *
   * @param file of a run on the same data with the same options
   * @return new checkpoints
   */
  public Checkpoints from(Path file) {
    return new Checkpoints(target, iterations, time, Objects.requireNonNull(file), stop);
  }

  /**
   * The same with somebody who may end the run: it finishes its iteration, is kept if it is to be,
   * and ends in a {@link TrainingStoppedException}.
   *
   * @param question asked after every iteration, on the thread that trains: whether to stop
   * @return new checkpoints
   */
  public Checkpoints until(BooleanSupplier question) {
    return new Checkpoints(target, iterations, time, source, Objects.requireNonNull(question));
  }

  /**
   * The file that keeps the run.
   *
   * @return empty if none does
   */
  public Optional<Path> target() {
    return Optional.ofNullable(target);
  }

  /**
   * The file that the run goes on from.
   *
   * @return empty if it begins at the beginning
   */
  public Optional<Path> source() {
    return Optional.ofNullable(source);
  }

  /** Whether a run has anything to do with checkpoints. */
  boolean isNone() {
    return this == NONE;
  }

  /** Whether the run is kept after so many iterations, so long after it was kept last. */
  boolean isDue(int completed, long nanoseconds) {
    return iterations > 0 ? completed % iterations == 0 : nanoseconds >= time.toNanos();
  }

  boolean isToStop() {
    return stop.getAsBoolean();
  }
}
