// SPDX-License-Identifier: Apache-2.0
/** IDX, the format of MNIST and Fashion-MNIST: images and labels in two files, gzipped or not. */
package dev.lanewise.data.idx;
