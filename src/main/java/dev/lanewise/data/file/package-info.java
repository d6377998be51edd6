// SPDX-License-Identifier: Apache-2.0
/**
 * Files whatever is in them: written whole or not at all; mapped, and watched meanwhile; read from
 * beginning to end, uncompressed where they are compressed, the entries of archives among them.
 */
package dev.lanewise.data.file;
