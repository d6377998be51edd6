// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Holds up the end of the JVM that Ctrl-C or SIGTERM bring about, until the work that asks about it
 * has come to a place where it can stop. The JVM then ends with the status of the signal, 130 or
 * 143, by itself.
 *
 * <p>A JVM that ends runs its hooks, and whoever calls {@code System.exit} meanwhile waits for
 * ever. So nobody may do that before {@link #close}, and the work says what it has to say before
 * it, too.
 */
final class Interruption implements AutoCloseable {

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::hold, "lanewise-interruption");
  private volatile boolean requested;

  private Interruption() {}

  /** Watches from now on. */
  static Interruption watch() {
    Interruption interruption = new Interruption();
    try {
      Runtime.getRuntime().addShutdownHook(interruption.hook);
    } catch (IllegalStateException e) {
      // Too late: the JVM is ending, and holds for nobody.
      interruption.requested = true;
    }
    return interruption;
  }

  boolean isRequested() {
    return requested;
  }

  private void hold() {
    requested = true;
    boolean interrupted = true;
    while (interrupted) {
      try {
        closed.await();
        interrupted = false;
      } catch (InterruptedException e) {
        // The JVM itself interrupts no hook.
      }
    }
  }

  /** Lets the JVM end. */
  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is running.
    }
  }
}
