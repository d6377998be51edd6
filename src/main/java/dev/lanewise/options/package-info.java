// SPDX-License-Identifier: Apache-2.0
/**
 * What a caller chooses and a run reports, as plain values: penalties, batches, optimizers,
 * learning rate schedules, reasons to stop.
 */
package dev.lanewise.options;
