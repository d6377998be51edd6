// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel.simd;

import dev.lanewise.Effort;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every implementation of the contract. A JVM that has run widths that it only imitates no longer
 * compiles vector code well. So the tests of kernels run all widths in a JVM of their own, the
 * execution {@code imitated-widths} of the POM, and other JVMs run only widths that are at speed.
 */
public final class AllKernels {

  private static final boolean IMITATED = Boolean.getBoolean("test.imitated");

  private AllKernels() {}

  public static Kernels scalar() {
    return KernelChoice.choose(KernelRequest.scalar(), warning -> {});
  }

  /** SIMD kernels of a width, imitated where there are no such vectors. */
  public static Kernels simd(int lanes) {
    return SimdWidths.kernels(lanes);
  }

  /** Whether the kernels of a width run at speed here. */
  public static boolean isNative(Kernels kernels) {
    return kernels.lanes() <= Lanes.widest();
  }

  /** Whether this JVM compares a width with the contract. */
  static boolean isTested(int lanes) {
    int widest = Lanes.widest();
    return IMITATED || lanes == widest || Effort.FULL && lanes < widest;
  }

  /** What this JVM compares with the contract. */
  public static List<Kernels> all() {
    return scalarAnd(AllKernels::isTested);
  }

  /** Scalar kernels, and SIMD kernels of each width that runs at speed here. */
  public static List<Kernels> atSpeed() {
    return scalarAnd(lanes -> lanes <= Lanes.widest());
  }

  /** Scalar kernels and the widest, with which every build trains; with -Pfull all at speed. */
  public static List<Kernels> fast() {
    List<Kernels> all = atSpeed();
    return Effort.FULL ? all : List.of(all.getFirst(), all.getLast());
  }

  private static List<Kernels> scalarAnd(IntPredicate wanted) {
    Stream<Kernels> simd = IntStream.of(4, 8, 16).filter(wanted).mapToObj(AllKernels::simd);
    return Stream.concat(Stream.of(scalar()), simd).toList();
  }
}
