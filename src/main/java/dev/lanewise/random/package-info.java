// SPDX-License-Identifier: Apache-2.0
/**
 * Numbers and orders that look random and are the same everywhere: seeded, and fixed to the bit.
 */
package dev.lanewise.random;
