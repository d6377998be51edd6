// SPDX-License-Identifier: Apache-2.0
/**
 * Draws labelled pictures of cats and of other things. The data sets in {@code datasets/} were
 * drawn by it, so that the project carries data to train on without anybody's photographs.
 *
 * <p>{@link dev.lanewise.draw.DrawCommand} is the command line, {@link
 * dev.lanewise.draw.DrawnPictures} draws a whole set, and {@link dev.lanewise.draw.PictureArtist}
 * draws one picture at a time.
 */
package dev.lanewise.draw;
