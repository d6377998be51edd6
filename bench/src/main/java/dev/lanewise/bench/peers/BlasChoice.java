// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.peers;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.lang.reflect.Method;
import java.util.List;

/** The implementations of netlib by the names of the benchmarks' parameter. */
public final class BlasChoice {

  /** Netlib on the Vector API. */
  public static final String VECTOR = "vector";

  /** Netlib in scalar Java. */
  public static final String JAVA = "java";

  /** Whatever libblas.so.3 is. */
  public static final String NATIVE = "native";

  private BlasChoice() {}

  /**
   * All there may be.
   *
   * @return the names
   */
  public static List<String> names() {
    return List.of(VECTOR, JAVA, NATIVE);
  }

  static BLAS of(String name) {
    return switch (name) {
      case VECTOR -> instance("VectorBLAS");
      case JAVA -> instance("Java11BLAS");
      case NATIVE -> NativeBLAS.getInstance();
      default -> throw new IllegalArgumentException("blas is vector, java or native, not " + name);
    };
  }

  /**
   * Whether the system has a libblas.so.3 or the like.
   *
   * @return whether {@link #NATIVE} can be had
   */
  public static boolean hasNative() {
    try {
      return NativeBLAS.getInstance() != null;
    } catch (RuntimeException | LinkageError e) {
      return false;
    }
  }

  // JavaBLAS.getInstance() gives the best one that loads, and says nothing if that is not the
  // vectors; their classes are not public.
  private static BLAS instance(String simpleName) {
    try {
      Class<?> type = Class.forName(JavaBLAS.class.getPackageName() + "." + simpleName);
      Method getInstance = type.getMethod("getInstance");
      getInstance.setAccessible(true);
      return (BLAS) getInstance.invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("netlib has no " + simpleName, e);
    }
  }
}
