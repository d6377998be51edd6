// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Which kernels are wanted. The bits are the same whatever the answer; only the speed differs.
 *
 * @param kind the kind of kernels
 * @param lanes how many floats an instruction is to work on, 4, 8 or 16; empty for the most there
 *     are
 */
public record KernelRequest(Kind kind, OptionalInt lanes) {

  /** The kinds of kernels. */
  public enum Kind {
    /** SIMD where there is the Vector API, else scalar with a warning. */
    AUTO,
    /** SIMD, or an error. */
    SIMD,
    /** Scalar. */
    SCALAR;

    /**
     * The name on the command line.
     *
     * @return {@code auto}, {@code simd} or {@code scalar}
     */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A request.
   *
   * @throws IllegalArgumentException if the lanes are not 4, 8 or 16, or asked of scalar kernels
   */
  public KernelRequest {
    Objects.requireNonNull(kind, "kind");
    if (lanes.isPresent()) {
      int count = lanes.getAsInt();
      if (count != 4 && count != 8 && count != 16) {
        throw new IllegalArgumentException("lanes are 4, 8 or 16, not " + count);
      }
      if (kind == Kind.SCALAR) {
        throw new IllegalArgumentException("scalar kernels have no lanes to choose");
      }
    }
  }

  /**
   * The fastest kernels there are.
   *
   * @return the request that is the default
   */
  public static KernelRequest auto() {
    return new KernelRequest(Kind.AUTO, OptionalInt.empty());
  }

  /**
   * Scalar kernels.
   *
   * @return the request
   */
  public static KernelRequest scalar() {
    return new KernelRequest(Kind.SCALAR, OptionalInt.empty());
  }

  /**
   * SIMD kernels of the widest vectors there are.
   *
   * @return the request
   */
  public static KernelRequest simd() {
    return new KernelRequest(Kind.SIMD, OptionalInt.empty());
  }

  /**
   * SIMD kernels of a width.
   *
   * @param lanes 4, 8 or 16
   * @return the request
   * @throws IllegalArgumentException if the lanes are none of these
   */
  public static KernelRequest simd(int lanes) {
    return new KernelRequest(Kind.SIMD, OptionalInt.of(lanes));
  }
}
