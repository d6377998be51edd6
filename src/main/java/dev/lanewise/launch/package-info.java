// SPDX-License-Identifier: Apache-2.0
/**
 * The first class of the program, compiled for Java 8, so that an older Java can say in one line
 * what is missing.
 */
package dev.lanewise.launch;
