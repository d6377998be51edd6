// SPDX-License-Identifier: Apache-2.0
/** LIBSVM's text format, which leaves zeros away. */
package dev.lanewise.data.libsvm;
