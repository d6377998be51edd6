// SPDX-License-Identifier: Apache-2.0
/**
 * Folders of pictures, and single pictures: PNG, JPEG, BMP, GIF and lossless WebP, brought to one
 * size.
 *
 * <p>It alone imports ImageIO and the classes of pictures that go with it.
 */
package dev.lanewise.data.image;
