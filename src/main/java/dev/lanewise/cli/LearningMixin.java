// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.model.MultiClass;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.Penalty;
import dev.lanewise.train.ClassWeights;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.Initialization;
import dev.lanewise.train.SolverOptions;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The hyperparameters that {@code train} and {@code sweep} have in common. */
final class LearningMixin {

  @Option(
      names = "--init",
      paramLabel = "zeros|normal|he|glorot|numpy:SCALE|numpy:fan-in",
      converter = InitializationConverter.class,
      defaultValue = "zeros",
      description = {
        "The weights to start from. normal: of a standard deviation of 0.01. he: normal, of a",
        "deviation of sqrt(2/inputs). glorot: uniform, up to sqrt(6/(inputs + outputs)). numpy:SCALE:",
        "numpy.random.RandomState(N).randn times SCALE, one row for each unit; numpy:fan-in: divided",
        "by sqrt(inputs). N is the seed."
      })
  private Initialization initialization;

  @Option(
      names = "--class-weight",
      paramLabel = "balanced|CLASS=W,...",
      description = "What samples of a class count (default: 1); balanced: classes count alike.")
  private String classWeight;

  @Option(
      names = "--multi-class",
      paramLabel = "softmax|ovr",
      defaultValue = "softmax",
      description = {
        "How more than two classes are told apart. softmax: by one neuron for each, trained",
        "together. ovr: one versus the rest, a question for each class. Two classes take one"
            + " neuron."
      })
  private MultiClass multiClass;

  /** Whether the initial weights depend on a seed. */
  boolean startsAtRandom() {
    return initialization.isRandom();
  }

  /**
   * These hyperparameters and the others.
   *
   * @throws IllegalArgumentException if they are out of range or do not go together
   */
  Hyperparameters with(SolverOptions solver, Penalty penalty, long seed, int costEvery) {
    return new Hyperparameters(
        solver,
        penalty,
        classWeight == null ? ClassWeights.NONE : ClassWeights.parse(classWeight),
        HiddenLayers.NONE,
        multiClass,
        initialization,
        seed,
        costEvery);
  }

  /** Names with a number in them. */
  static final class InitializationConverter implements CommandLine.ITypeConverter<Initialization> {

    @Override
    public Initialization convert(String value) {
      try {
        return Initialization.parse(value);
      } catch (IllegalArgumentException e) {
        throw new CommandLine.TypeConversionException(e.getMessage());
      }
    }
  }
}
