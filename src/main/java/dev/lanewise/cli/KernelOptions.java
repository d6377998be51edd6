// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that choose kernels. */
class KernelOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--kernel",
      paramLabel = "auto|simd|scalar",
      defaultValue = "auto",
      description = {
        "The code that computes: SIMD or scalar; the bits are the same (default: ${DEFAULT-",
        "VALUE})."
      })
  private KernelRequest.Kind kind;

  @Option(
      names = "--lanes",
      paramLabel = "4|8|16",
      description = {
        "Floats in a vector; the bits are the same (default: the most that the processor",
        "has)."
      })
  private Integer lanes;

  KernelRequest request() {
    try {
      return new KernelRequest(kind, lanes == null ? OptionalInt.empty() : OptionalInt.of(lanes));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  /** Fails before data are read if the kernels of the options are not available. */
  void check() {
    KernelRequest request = request();
    if (!request.equals(KernelRequest.auto())) {
      KernelChoice.choose(request, warning -> {});
    }
  }

  /** The kernels for so much work; a command is all that its JVM does. */
  Kernels choose(double multiplyAdds) {
    return KernelChoice.chooseAtStart(request(), multiplyAdds, this::warn);
  }

  private void warn(String message) {
    Text.warning(command.commandLine().getErr(), message);
  }
}
