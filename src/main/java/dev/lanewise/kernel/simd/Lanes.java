// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel.simd;

import dev.lanewise.matrix.FloatMatrix;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vectors that the classes of this package compute on: 4, 8 or 16 floats.
 *
 * <p>The compiler turns vector code into instructions only where the species is a constant, so it
 * is a static final field. The classes of this package are loaded once for each width that is used:
 * those of the widest vectors as usual, others by a {@link WidthLoader}.
 *
 * <p>Loops call the Vector API itself, which the compiler always inlines, and no method of our own
 * that loads, stores or broadcasts. Whether a method of ours is inlined depends on what ran before:
 * if it was compiled for itself and a call is not hot, the call stays, its vector becomes an
 * object, and so do all the sums of the loop that it meets in (training took up to 30 times as
 * long).
 *
 * <p>{@code asSlice} is called with an alignment of 1 for the same reason: without one it goes
 * through a bridge method, whose call may count as too rare to be inlined. Slices are of one length
 * where there are several, so that the compiler checks their bounds once and before the loop.
 */
final class Lanes {

  static final VectorSpecies<Float> SPECIES =
      VectorSpecies.of(float.class, VectorShape.forBitSize(width() * Float.SIZE));
  static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);
  static final ByteOrder ORDER = ByteOrder.nativeOrder();

  static final int WIDTH = SPECIES.length();
  static final int BYTES = Float.BYTES;
  static final int VECTOR_BYTES = WIDTH * BYTES;

  /** The vector registers of the processor: 32 with AVX-512, and on ARM. */
  static final int REGISTERS =
      widest() == 16 || System.getProperty("os.arch").equals("aarch64") ? 32 : 16;

  /** The bytes of the 16 logical lanes of rule 2. */
  static final int LINE = FloatMatrix.LANES * BYTES;

  /** How many vectors hold them. */
  static final int PARTS = FloatMatrix.LANES / WIDTH;

  private static final VectorShuffle<Float> DOWN_8 = down(8);
  private static final VectorShuffle<Float> DOWN_4 = down(4);
  private static final VectorShuffle<Float> DOWN_2 = down(2);
  private static final VectorShuffle<Float> DOWN_1 = down(1);

  private Lanes() {}

  private static int width() {
    return Lanes.class.getClassLoader() instanceof WidthLoader loader ? loader.lanes() : widest();
  }

  /** The widest vector that this machine and this JVM hold in one register, in floats. */
  static int widest() {
    return Math.min(16, FloatVector.SPECIES_PREFERRED.length());
  }

  private static VectorShuffle<Float> down(int lanes) {
    return VectorShuffle.iota(SPECIES, lanes % WIDTH, 1, true);
  }

  /** What remains of rule 2's fold once the {@link #PARTS} are added up to one vector. */
  static float fold(FloatVector sum) {
    FloatVector s = sum;
    if (WIDTH == 16) {
      s = s.add(s.rearrange(DOWN_8));
    }
    if (WIDTH >= 8) {
      s = s.add(s.rearrange(DOWN_4));
    }
    s = s.add(s.rearrange(DOWN_2));
    s = s.add(s.rearrange(DOWN_1));
    return s.lane(0);
  }
}
