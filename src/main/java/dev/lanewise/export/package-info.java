// SPDX-License-Identifier: Apache-2.0
/** A trained model for other programs: ONNX, and JSON for people. */
package dev.lanewise.export;
