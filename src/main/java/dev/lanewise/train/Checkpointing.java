// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Where and how often a run is saved, what it resumes from, and who may stop it. It changes no bit:
 * a resumed run has the weights and costs of a run that was never interrupted.
 *
 * <p>Immutable, except for the state of the condition given to {@link #until}.
 */
public final class Checkpointing {

  /** The run is not saved, starts at the beginning, and cannot be stopped. */
  public static final Checkpointing NONE =
      new Checkpointing(null, 0, Duration.ofSeconds(30), null, () -> false);

  private final Path target;
  private final int iterations;
  private final Duration time;
  private final Path source;
  private final BooleanSupplier stop;

  private Checkpointing(
      Path target, int iterations, Duration time, Path source, BooleanSupplier stop) {
    this.target = target;
    this.iterations = iterations;
    this.time = time;
    this.source = source;
    this.stop = stop;
  }

  /**
   * The same, saved in a file: every 30 seconds, if no other distance is given, and at the end.
   *
   * @param file a new file, or a checkpoint, which is replaced
   * @return new checkpointing
   */
  public Checkpointing to(Path file) {
    return new Checkpointing(Objects.requireNonNull(file), iterations, time, source, stop);
  }

  /**
   * The same, saved after each of a number of iterations.
   *
   * @param count iterations, or epochs of sgd; at least 1
   * @return new checkpointing
   * @throws IllegalArgumentException if it is less
   */
  public Checkpointing every(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("a checkpoint is written every 1 iteration or more");
    }
    return new Checkpointing(target, count, time, source, stop);
  }

  /**
   * The same, saved after the first iteration that ends this long after the last checkpoint.
   *
   * @param duration above 0
   * @return new checkpointing
   * @throws IllegalArgumentException if it is not
   */
  public Checkpointing every(Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException("the time between checkpoints is above 0");
    }
    return new Checkpointing(target, 0, duration, source, stop);
  }

  /**
   * The same, resuming from a checkpoint.
   *
   * @param file the checkpoint of a run on the same data with the same hyperparameters
   * @return new checkpointing
   */
  public Checkpointing from(Path file) {
    return new Checkpointing(target, iterations, time, Objects.requireNonNull(file), stop);
  }

  /**
   * The same, stopped on a condition: the run completes its iteration, writes its checkpoint if it
   * has a file, and throws a {@link TrainingStoppedException}.
   *
   * @param condition evaluated after every iteration, on the thread that trains
   * @return new checkpointing
   */
  public Checkpointing until(BooleanSupplier condition) {
    return new Checkpointing(target, iterations, time, source, Objects.requireNonNull(condition));
  }

  /**
   * The file that the run is saved in.
   *
   * @return empty if it is not saved
   */
  public Optional<Path> target() {
    return Optional.ofNullable(target);
  }

  /**
   * The checkpoint that the run resumes from.
   *
   * @return empty if it starts at the beginning
   */
  public Optional<Path> source() {
    return Optional.ofNullable(source);
  }

  /** Whether the run is neither saved nor resumed nor stopped. */
  boolean isNone() {
    return this == NONE;
  }

  /** Whether a checkpoint is due, by the completed iterations and the time since the last one. */
  boolean isDue(int completed, long nanoseconds) {
    return iterations > 0 ? completed % iterations == 0 : nanoseconds >= time.toNanos();
  }

  boolean isToStop() {
    return stop.getAsBoolean();
  }
}
