// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/**
 * Looks the machine over and hands out the kernels that were asked for, or says what is missing.
 */
public final class KernelChoice {

  // About as many as scalar kernels do while the compiler turns SIMD code into instructions.
  private static final double FEW_MULTIPLY_ADDS = 4e9;

  private KernelChoice() {}

  /**
   * The kernels for a request.
   *
   * <p>A request that names nothing is taken from the system properties above, if they are set.
   *
   * @param request what is wanted
   * @param warning told one line if {@code auto} has to make do with scalar kernels
   * @return the kernels
   * @throws KernelUnavailableException if kernels asked for by name, also by a system property, are
   *     not there, or the machine has no fused multiply-add, without which training would crawl
   */
  public static Kernels choose(KernelRequest request, Consumer<String> warning) {
    Objects.requireNonNull(warning, "warning");
    return find(request.equals(KernelRequest.auto()) ? fromProperties() : request, warning);
  }

  /**
   * The kernels for a request in a JVM that has just started to run this and nothing else. There,
   * little work is done by scalar code before SIMD code has become instructions; until then it is
   * interpreted, hundreds of times slower. So {@code auto} is scalar for little work.
   *
   * @param request what is wanted
   * @param multiplyAdds how much there is to do
   * @param warning told one line if {@code auto} has to make do with scalar kernels for much work
   * @return the kernels
   * @throws KernelUnavailableException as {@link #choose} throws it
   */
  public static Kernels chooseAtStart(
      KernelRequest request, double multiplyAdds, Consumer<String> warning) {
    Objects.requireNonNull(warning, "warning");
    KernelRequest wanted = request.equals(KernelRequest.auto()) ? fromProperties() : request;
    return find(
        isLittle(multiplyAdds) && wanted.equals(KernelRequest.auto())
            ? KernelRequest.scalar()
            : wanted,
        warning);
  }

  /**
   * Whether work is done by scalar code in the time in which SIMD code becomes instructions.
   *
   * @param multiplyAdds the work
   * @return whether it is little
   */
  public static boolean isLittle(double multiplyAdds) {
    return multiplyAdds <= FEW_MULTIPLY_ADDS;
  }

  private static KernelRequest fromProperties() {
    String kernel = System.getProperty("lanewise.kernel", KernelRequest.Kind.AUTO.id());
    String lanes = System.getProperty("lanewise.lanes");
    try {
      return new KernelRequest(
          KernelRequest.Kind.valueOf(kernel.toUpperCase(Locale.ROOT)),
          lanes == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(lanes)));
    } catch (IllegalArgumentException e) {
      throw new KernelUnavailableException(
          String.format(
              Locale.ROOT,
              "system properties ask for kernels that do not exist: lanewise.kernel=%s, lanewise.lanes=%s",
              kernel,
              lanes));
    }
  }

  private static Kernels find(KernelRequest request, Consumer<String> warning) {
    if (!FusedMultiplyAdd.isFast()) {
      throw new KernelUnavailableException(
          "this JVM computes fused multiply-adds in software, thousands of times slower than"
              + " hardware (no FMA instruction, or it is switched off); Lanewise needs them");
    }
    if (request.kind() == KernelRequest.Kind.SCALAR) {
      return new ScalarKernels();
    }
    SimdProvider provider =
        ServiceLoader.load(SimdProvider.class, SimdProvider.class.getClassLoader())
            .findFirst()
            .orElseThrow(() -> new KernelUnavailableException("the SIMD kernels are not packaged"));
    Optional<String> missing = provider.missing();
    boolean byName = request.kind() == KernelRequest.Kind.SIMD || request.lanes().isPresent();
    if (missing.isPresent() && byName) {
      throw new KernelUnavailableException("no SIMD kernels: " + missing.get());
    }
    if (missing.isPresent()) {
      warning.accept("using the scalar kernels: " + missing.get());
      return new ScalarKernels();
    }
    int widest = provider.widest();
    int lanes = request.lanes().orElse(widest);
    if (lanes > widest) {
      throw new KernelUnavailableException(
          String.format(
              Locale.ROOT, "no vectors of %d floats: this machine and JVM have %d", lanes, widest));
    }
    return provider.kernels(lanes);
  }
}
