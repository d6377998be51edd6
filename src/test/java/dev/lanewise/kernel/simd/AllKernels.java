package dev.lanewise.kernel.simd;

import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import java.util.List;

/** Every implementation of the contract, also the widths that this machine only imitates. */
public final class AllKernels {

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

  public static List<Kernels> all() {
    return List.of(scalar(), simd(4), simd(8), simd(16));
  }

  public static List<Kernels> fast() {
    return all().stream().filter(AllKernels::isNative).toList();
  }
}
