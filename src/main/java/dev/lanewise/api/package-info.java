// SPDX-License-Identifier: Apache-2.0
/**
 * The interface for programs: samples from arrays, records, streams and result sets; a classifier
 * with sensible defaults; and a trained classifier that predicts, is saved and is loaded.
 *
 * <p>Everything here is immutable, may be shared between threads, and needs no closing. {@link
 * dev.lanewise.api.Samples}, {@link dev.lanewise.api.Classifier} and {@link
 * dev.lanewise.api.TrainedClassifier} are built on {@link dev.lanewise.data}, {@link
 * dev.lanewise.train} and {@link dev.lanewise.model}, which offer more control.
 */
package dev.lanewise.api;
