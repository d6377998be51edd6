// SPDX-License-Identifier: Apache-2.0
/**
 * Training on samples that lie in several processes. A {@link dev.lanewise.cluster.ClusterPlan}
 * gives each process complete subtrees of the block tree; a {@link dev.lanewise.cluster.Shard} has
 * their samples and answers requests with the sums of each subtree; {@link
 * dev.lanewise.cluster.ClusterSamples} asks and adds the answers in the order of the tree. How
 * requests and answers travel is a {@link dev.lanewise.cluster.Transport}: this package knows no
 * cluster software.
 *
 * <p>Internal, for projects that bring a transport.
 */
package dev.lanewise.cluster;
