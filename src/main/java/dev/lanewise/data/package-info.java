// SPDX-License-Identifier: Apache-2.0
/**
 * Data sets: features, labels and names as training and prediction need them, whatever file they
 * came from.
 *
 * <p>Each file format has a reader of its own in a package below this one, found through {@link
 * dev.lanewise.data.DatasetFormat}.
 */
package dev.lanewise.data;
