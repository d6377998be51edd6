// SPDX-License-Identifier: Apache-2.0
/**
 * The parameters of a network of dense layers: one flat vector of float32 with a layout of named
 * views, and the arithmetic on such vectors.
 *
 * <p>Logistic and softmax regression are the network of one dense layer.
 */
package dev.lanewise.nn;
