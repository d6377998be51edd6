package dev.lanewise.cli;

import dev.lanewise.model.MultiClass;
import picocli.CommandLine.Option;

/** The option that says how more than two classes are told apart. */
final class MultiClassOption {

  @Option(
      names = "--multi-class",
      paramLabel = "softmax|ovr",
      defaultValue = "softmax",
      description = {
        "How more than two classes are told apart. softmax: by one neuron for each, trained",
        "together. ovr: one versus the rest, a question for each class. Two classes take one"
            + " neuron."
      })
  private MultiClass way;

  MultiClass way() {
    return way;
  }
}
