// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel.simd;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.SimdProvider;
import java.util.Optional;

/**
 * The SIMD kernels, if the JVM was started with the Vector API. This class itself must load without
 * it.
 */
public final class VectorApiProvider implements SimdProvider {

  private static final String FLAG = "--add-modules jdk.incubator.vector";

  /** Called by {@link java.util.ServiceLoader}. */
  public VectorApiProvider() {}

  @Override
  public Optional<String> missing() {
    try {
      Class.forName(
          "jdk.incubator.vector.FloatVector", false, VectorApiProvider.class.getClassLoader());
      return Optional.empty();
    } catch (ClassNotFoundException e) {
      return Optional.of("the Vector API is not loaded; start Java with " + FLAG);
    }
  }

  @Override
  public int widest() {
    return Lanes.widest();
  }

  @Override
  public Kernels kernels(int lanes) {
    return SimdWidths.kernels(lanes);
  }
}
