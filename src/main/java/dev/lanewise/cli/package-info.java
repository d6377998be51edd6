// SPDX-License-Identifier: Apache-2.0
/**
 * The command line: one class a command, which parses, calls and prints. There is no mathematics
 * here.
 */
package dev.lanewise.cli;
