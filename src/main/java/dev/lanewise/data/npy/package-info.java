// SPDX-License-Identifier: Apache-2.0
/** NumPy's own formats: NPY, one array a file, and NPZ, an archive of them. */
package dev.lanewise.data.npy;
