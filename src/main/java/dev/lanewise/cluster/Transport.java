// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cluster;

import java.util.List;

/** Carries requests to all shards of a training, and their answers back. */
@FunctionalInterface
public interface Transport {

  /**
   * Has every shard answer a request with {@link Shard#answer}.
   *
   * @param request for all shards
   * @param description of the request, for people
   * @return the answer of each shard, in any order
   */
  List<byte[]> ask(byte[] request, String description);
}
