// SPDX-License-Identifier: Apache-2.0
/**
 * HDF5: data sets in the tutorial's layout, and the checked reading and whole writing that model
 * files use too.
 *
 * <p>It alone imports jhdf, and it stands between jhdf and damaged files: what the library would
 * misread is refused before it reads.
 */
package dev.lanewise.data.hdf5;
