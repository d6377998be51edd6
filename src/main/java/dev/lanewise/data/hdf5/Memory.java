package dev.lanewise.data.hdf5;

import com.sun.management.OperatingSystemMXBean;
import dev.lanewise.data.DataException;
import java.lang.management.ManagementFactory;

/**
 * Refuses what no memory can hold, before it is asked for.
 *
 * <p>Java does not limit memory off its heap, and Linux grants more than there is: without this a
 * file that makes large claims would have the process killed.
 */
final class Memory {

  // Below this nobody needs to be asked, and asking is slow in a fresh JVM.
  private static final long ALWAYS_FITS = 1L << 28;

  private Memory() {}

  /**
   * Checks a size against the memory of the machine, or of the container.
   *
   * @param source the file, for the message
   * @param what what the memory is for
   * @param bytes how much of it
   * @throws DataException if there is not so much
   */
  static void check(String source, String what, long bytes) {
    if (bytes > ALWAYS_FITS && bytes > total()) {
      throw new DataException(
          source,
          "%s needs %d MiB of memory, this machine has %d MiB"
              .formatted(what, bytes >> 20, total() >> 20));
    }
  }

  private static long total() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }
}
