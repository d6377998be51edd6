// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.model.MultiClass;
import dev.lanewise.options.Activation;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.Penalty;
import dev.lanewise.train.ClassWeights;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.Initialization;
import dev.lanewise.train.SolverOptions;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The hyperparameters that {@code train} and {@code sweep} have in common. Public for the command
 * lines of other projects.
 */
public final class LearningMixin {

  /** Options that are not given. */
  public LearningMixin() {}

  @Option(
      names = "--init",
      paramLabel = "zeros|normal|he|glorot|numpy:SCALE|numpy:fan-in",
      converter = InitializationConverter.class,
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = {
        "The weights to start from (default: zeros; with --hidden he, or glorot with tanh and",
        "sigmoid). normal: of a standard deviation of 0.01. he: normal, of a",
        "deviation of sqrt(2/inputs). glorot: uniform, up to sqrt(6/(inputs + outputs)). numpy:SCALE:",
        "numpy.random.RandomState(N).randn times SCALE, one row for each unit; numpy:fan-in: divided",
        "by sqrt(inputs). N is the seed."
      })
  private Initialization initialization;

  @Option(
      names = "--class-weight",
      paramLabel = "balanced|CLASS=W,...",
      description = {
        "The weight of the samples of each class (default: 1). balanced: all classes have the",
        "same total weight."
      })
  private String classWeight;

  @Option(
      names = "--multi-class",
      paramLabel = "softmax|ovr",
      defaultValue = "softmax",
      description = {
        "The method for more than two classes. softmax: one neuron for each class, trained",
        "together. ovr: one versus the rest, a neuron for each class, trained alone. Ignored",
        "for two classes."
      })
  private MultiClass multiClass;

  @Option(
      names = "--hidden",
      paramLabel = "N[,...]",
      split = ",",
      description = {
        "Hidden layers with the given numbers of units, from the features to the outputs:",
        "20,7,5 are three layers (default: none)."
      })
  private List<Integer> units;

  @Option(
      names = "--activation",
      paramLabel = "relu|tanh|sigmoid|identity",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "The activation function of hidden units (default: relu).")
  private Activation activation;

  @Option(
      names = "--dropout",
      paramLabel = "P",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = {
        "Of sgd: set the activation of each hidden unit to zero with probability P, drawn",
        "anew for each sample and epoch (default: 0)."
      })
  private Double dropout;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /**
   * The hidden layers.
   *
   * @throws IllegalArgumentException if a number is out of range
   * @throws ParameterException if an option needs them and they are missing
   */
  HiddenLayers hidden() {
    if (units == null) {
      refuseWithoutHidden(activation != null, "--activation");
      refuseWithoutHidden(dropout != null, "--dropout");
      return HiddenLayers.NONE;
    }
    if (units.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--hidden is the units of each layer, for instance 20,7,5");
    }
    return new HiddenLayers(
        units, activation == null ? Activation.RELU : activation, dropout == null ? 0 : dropout);
  }

  /**
   * Tells whether there are hidden layers.
   *
   * @return whether they were asked for
   */
  public boolean hasHidden() {
    return units != null;
  }

  private void refuseWithoutHidden(boolean given, String option) {
    if (given) {
      throw new ParameterException(
          spec.commandLine(), option + " is for hidden layers; name them with --hidden");
    }
  }

  private Initialization initialization() {
    return initialization == null ? Initialization.usual(hidden()) : initialization;
  }

  /** Whether the initial weights depend on a seed. */
  boolean startsAtRandom() {
    return initialization().isRandom();
  }

  /**
   * Returns these hyperparameters and the others.
   *
   * @param solver with its options
   * @param penalty on the weights
   * @param seed of random numbers
   * @param costEvery how often the cost is noted
   * @return all hyperparameters
   * @throws IllegalArgumentException if they are out of range or do not go together
   */
  public Hyperparameters with(SolverOptions solver, Penalty penalty, long seed, int costEvery) {
    return new Hyperparameters(
        solver,
        penalty,
        classWeight == null ? ClassWeights.NONE : ClassWeights.parse(classWeight),
        hidden(),
        multiClass,
        true,
        initialization(),
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
