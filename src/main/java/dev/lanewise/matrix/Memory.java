// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.matrix;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;

/**
 * Compares what is needed with the memory that there is, before it is asked for.
 *
 * <p>Java does not limit memory off its heap, and Linux grants more than there is: without this a
 * file that makes large claims would have the process killed.
 */
public final class Memory {

  // Below this nobody needs to be asked, and asking is slow in a fresh JVM.
  private static final long ALWAYS_FITS = 1L << 28;

  private Memory() {}

  /**
   * What is wrong if so much memory cannot be had.
   *
   * @param what what needs the memory
   * @param bytes how much of it; {@link Long#MAX_VALUE} stands for more than can be counted
   * @return one line with both numbers, or empty where the machine, or the container, has as much
   */
  public static Optional<String> lack(String what, long bytes) {
    if (bytes <= ALWAYS_FITS || bytes <= total()) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT, "%s needs %d bytes of memory, this machine has %d", what, bytes, total()));
  }

  /**
   * What is wrong if so much cannot be had of Java's heap.
   *
   * @param what what needs it
   * @param bytes how much of it
   * @return one line with both numbers, or empty where the heap may grow to as much
   */
  public static Optional<String> lackOnHeap(String what, long bytes) {
    long most = Runtime.getRuntime().maxMemory();
    return bytes <= most
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%s needs %d bytes of Java's heap, which may grow to %d (option -Xmx)",
                what,
                bytes,
                most));
  }

  /**
   * What is wrong where Java's heap was not enough, and nobody had counted.
   *
   * @param what what needs it
   * @param fileSize the size of the file that it comes from, in bytes
   * @return one line with both numbers
   */
  public static String noMoreHeap(String what, long fileSize) {
    return String.format(
        Locale.ROOT,
        "%s needs more than the %d bytes of Java's heap (option -Xmx raises them), of a file of %d"
            + " bytes",
        what,
        Runtime.getRuntime().maxMemory(),
        fileSize);
  }

  /**
   * Whether data are large beside the memory: more than a quarter of it.
   *
   * @param bytes the size of the data
   * @return true if there should be no copy of them in memory
   */
  public static boolean isLarge(long bytes) {
    return bytes > ALWAYS_FITS && bytes > total() / 4;
  }

  /**
   * To how much a file may expand, whatever its size, when nothing in it says how much there is.
   *
   * @return a thirty-second of the memory, at least 256 MiB
   */
  public static long mostUnpacked() {
    return Math.max(ALWAYS_FITS, total() / 32);
  }

  private static long total() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }
}
