// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.train.Execution;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.KernelWarmUp;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options that choose what computes a training. */
final class ExecutionOptions extends KernelOptions {

  @Option(
      names = "--threads",
      paramLabel = "N",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Compute on at most so many; the bits are the same (default: the processors).")
  private Integer threads;

  private KernelWarmUp warmUp;

  /** Begins to compile the SIMD kernels of a training that will probably use them. */
  void warmUp(Hyperparameters options) {
    Kernels likely = KernelChoice.choose(request(), warning -> {});
    if (likely.lanes() > 1) {
      warmUp = KernelWarmUp.start(options, likely);
    }
  }

  /** The kernels for so much work; where that is not little, they are compiled before. */
  Kernels choose(double multiplyAdds, Hyperparameters options, Dataset train) {
    Kernels kernels = choose(multiplyAdds);
    boolean warm = kernels.lanes() > 1 && !KernelChoice.isLittle(multiplyAdds);
    if (warm && warmUp == null) {
      warmUp = KernelWarmUp.start(options, kernels);
    }
    if (warm) {
      warmUp.await(train);
    } else if (warmUp != null) {
      warmUp.close();
    }
    return kernels;
  }

  /**
   * The choice.
   *
   * @throws IllegalArgumentException if the number of threads is out of its range
   */
  Execution execution() {
    return new Execution(request(), threads == null ? Execution.DEFAULT.threads() : threads);
  }
}
