package dev.lanewise.bench.peers;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.lang.reflect.Method;

/** The implementations of netlib by the names of the benchmarks' parameter. */
final class BlasChoice {

  static final String VECTOR = "vector";
  static final String JAVA = "java";
  static final String NATIVE = "native";

  private BlasChoice() {}

  static BLAS of(String name) {
    return switch (name) {
      case VECTOR -> instance("VectorBLAS");
      case JAVA -> instance("Java11BLAS");
      case NATIVE -> NativeBLAS.getInstance();
      default -> throw new IllegalArgumentException("blas is vector, java or native, not " + name);
    };
  }

  /** Whether the system has a libblas.so.3 or the like. */
  static boolean hasNative() {
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
