// SPDX-License-Identifier: Apache-2.0
/**
 * Numbers that lie one after the other in a file, of any type and byte order, as features and as
 * labels.
 */
package dev.lanewise.data.array;
