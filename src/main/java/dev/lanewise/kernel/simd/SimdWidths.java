package dev.lanewise.kernel.simd;

import dev.lanewise.kernel.Kernels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link SimdKernels} and what it is made of, once for each width.
 *
 * <p>Each width is made on first use and then kept, so that its compiled code is kept too.
 */
final class SimdWidths {

  private SimdWidths() {}

  /** The widest vector that this machine and this JVM hold in one register, in floats. */
  static int widest() {
    return Math.min(16, FloatVector.SPECIES_PREFERRED.length());
  }

  /**
   * The kernels of a width, whether the machine has such vectors or the JVM only imitates them. The
   * bits are the same; an imitation is thousands of times slower, and meant for tests.
   *
   * @throws IllegalArgumentException if the width is not 4, 8 or 16
   */
  static Kernels kernels(int lanes) {
    switch (lanes) {
      case 4:
        return Four.KERNELS;
      case 8:
        return Eight.KERNELS;
      case 16:
        return Sixteen.KERNELS;
      default:
        throw new IllegalArgumentException("lanes are 4, 8 or 16, not " + lanes);
    }
  }

  private static final class Four {
    static final Kernels KERNELS = define(FloatVector.SPECIES_128);
  }

  private static final class Eight {
    static final Kernels KERNELS = define(FloatVector.SPECIES_256);
  }

  private static final class Sixteen {
    static final Kernels KERNELS = define(FloatVector.SPECIES_512);
  }

  private static Kernels define(VectorSpecies<Float> species) {
    Object gram = define("SimdGram.class", List.of(species));
    Object outer = define("SimdOuter.class", List.of(species));
    Object softmax = define("SimdSoftmax.class", List.of(species));
    Object bytes = define("SimdBytes.class", List.of(species));
    Object columns = define("SimdColumns.class", List.of(species));
    return (Kernels)
        define("SimdKernels.class", List.of(species, gram, outer, softmax, bytes, columns));
  }

  private static Object define(String file, List<?> classData) {
    try (InputStream in = SimdWidths.class.getResourceAsStream(file)) {
      Lookup defined =
          MethodHandles.lookup().defineHiddenClassWithClassData(in.readAllBytes(), classData, true);
      return defined
          .findConstructor(defined.lookupClass(), MethodType.methodType(void.class))
          .invoke();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    } catch (Throwable e) {
      throw new IllegalStateException("cannot define " + file + " for " + classData, e);
    }
  }

  /** The species among the class data of a hidden class. */
  @SuppressWarnings("unchecked")
  static VectorSpecies<Float> species(Lookup own) {
    return classData(own, VectorSpecies.class, 0);
  }

  /** One of the class data of a hidden class, by its place in the list. */
  static <T> T classData(Lookup own, Class<T> type, int place) {
    try {
      return MethodHandles.classDataAt(own, ConstantDescs.DEFAULT_NAME, type, place);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a class can read its own class data", e);
    }
  }
}
