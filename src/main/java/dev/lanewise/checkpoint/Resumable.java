// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.checkpoint;

/** What has numbers that a run needs to go on, to the bit, where it was. */
public interface Resumable {

  /**
   * Hands all of them over, by name: to be kept, or to be replaced by those that were kept. It is
   * one method for both, so that nothing is kept that is not taken back.
   *
   * @param state keeps or replaces
   * @throws dev.lanewise.data.DataException if numbers were kept, and these are not among them
   */
  void transfer(State state);
}
