package dev.lanewise.train;

import java.util.Locale;

/** The engines that can be asked for. */
public enum EngineChoice {
  /** The engine with the fewest multiply-adds for the problem, whatever the machine. */
  AUTO,
  /** The equations as they stand. */
  PRIMAL;

  /**
   * The name on the command line.
   *
   * @return {@code auto} or {@code primal}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
