// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.peers;

import dev.lanewise.reference.Neuron;

/** Something that trains on data that it has already taken over, from the start each time. */
interface Trainer {

  /**
   * Trains. This is what is timed.
   *
   * @param effort how long; what that counts is the trainer's own affair
   * @return what was learned, in the trainer's own form
   */
  Object train(int effort);

  /** What {@link #train} returned, as a neuron whose cost can be computed. */
  Neuron neuron(Object learned);

  /** The least effort there is. */
  int leastEffort();

  /** The most effort that is tried. */
  int mostEffort();

  /** An effort in words. */
  String words(int effort);
}
