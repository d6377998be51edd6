// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel.simd;

import dev.lanewise.kernel.Kernels;
import java.io.IOException;
import java.io.InputStream;

/**
 * Loads the classes of this package once more, for vectors of another width than the widest. Only
 * so is the species a constant in the code of each width.
 *
 * <p>Widths that the machine lacks can be loaded, too. The JVM then imitates them: the bits are the
 * same, but the code is thousands of times slower, which is meant for tests.
 */
public final class WidthLoader extends ClassLoader {

  private static final String PACKAGE = WidthLoader.class.getPackageName() + '.';

  private final int lanes;

  WidthLoader(int lanes) {
    super("lanewise-lanes-" + lanes, WidthLoader.class.getClassLoader());
    this.lanes = lanes;
    // Where Lanewise is a module, these classes are outside of it.
    Module own = WidthLoader.class.getModule();
    for (Class<?> used : new Class<?>[] {WidthLoader.class, Kernels.class}) {
      own.addExports(used.getPackageName(), getUnnamedModule());
    }
  }

  /**
   * The width of the vectors.
   *
   * @return 4, 8 or 16 floats
   */
  public int lanes() {
    return lanes;
  }

  /** The kernels of this width. */
  Kernels kernels() {
    try {
      var constructor = loadClass(SimdKernels.class.getName()).getDeclaredConstructor();
      constructor.setAccessible(true);
      return (Kernels) constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot load the kernels for " + lanes + " lanes", e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(PACKAGE) || name.equals(WidthLoader.class.getName())) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String file = name.substring(PACKAGE.length()) + ".class";
    try (InputStream in = WidthLoader.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] code = in.readAllBytes();
      return defineClass(name, code, 0, code.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
