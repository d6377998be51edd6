// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import java.util.Optional;

/**
 * Where the SIMD kernels come from; found as a service, so that nothing here needs the Vector API.
 */
public interface SimdProvider {

  /**
   * Why there are no SIMD kernels in this JVM.
   *
   * @return what is missing and how to get it, or empty if they are there
   */
  Optional<String> missing();

  /**
   * The widest vectors that this machine and this JVM hold in one register.
   *
   * @return 4, 8 or 16 floats
   */
  int widest();

  /**
   * The kernels of a width. To be called only if nothing is {@link #missing()}.
   *
   * @param lanes 4, 8 or 16, at most {@link #widest()}
   * @return the kernels
   */
  Kernels kernels(int lanes);
}
