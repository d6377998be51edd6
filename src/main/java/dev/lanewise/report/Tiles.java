// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.image.PngEncoder;
import java.util.Base64;
import java.util.List;

/** Draws samples and weights of the shape of a picture, small enough for a page. */
final class Tiles {

  /** Pictures with longer sides are reduced to this side, unless another one is given. */
  static final int LONGEST_SIDE = 96;

  // Of a scale that is read by everybody: blue below zero, red above, as far from grey.
  private static final int[] BELOW = {0x21, 0x66, 0xac};
  private static final int[] ZERO = {0xf5, 0xf5, 0xf2};
  private static final int[] ABOVE = {0xb2, 0x18, 0x2b};

  private final int rows;
  private final int columns;
  private final int channels;

  /** Features that become one pixel, in either direction. */
  private final int step;

  Tiles(FeatureShape shape) {
    this(shape, LONGEST_SIDE);
  }

  Tiles(FeatureShape shape, int longestSide) {
    List<Integer> dimensions = shape.dimensions();
    this.rows = dimensions.get(0);
    this.columns = dimensions.get(1);
    this.channels = dimensions.size() == 3 ? dimensions.get(2) : 1;
    this.step = Math.ceilDiv(Math.max(rows, columns), longestSide);
  }

  int channels() {
    return channels;
  }

  /** A sample: pixels as they are, other numbers from their lowest to their highest. */
  Page.Image sample(float[] features, Scaling scaling, String alt) {
    float low = 0;
    float high = 1;
    if (!scaling.isPixels()) {
      low = Float.POSITIVE_INFINITY;
      high = Float.NEGATIVE_INFINITY;
      for (float feature : features) {
        low = Math.min(low, feature);
        high = Math.max(high, feature);
      }
    }
    double from = low;
    double range = (double) high - low;
    double scale = range > 0 ? 255 / range : 0;
    return image(
        alt,
        (row, column) -> {
          int[] rgb = new int[3];
          for (int channel = 0; channel < 3; channel++) {
            double value = mean(features, row, column, channels < 3 ? 0 : channel);
            rgb[channel] = (int) Math.round((value - from) * scale);
          }
          return channels == 4 ? onWhite(rgb, mean(features, row, column, 3), scale, from) : rgb;
        });
  }

  private static int[] onWhite(int[] rgb, double alpha, double scale, double from) {
    double opaque = Math.clamp((alpha - from) * scale / 255, 0, 1);
    int[] shown = new int[3];
    for (int channel = 0; channel < 3; channel++) {
      shown[channel] = (int) Math.round(rgb[channel] * opaque + 255 * (1 - opaque));
    }
    return shown;
  }

  /** The weights of a channel: the redder, the more they speak for the class. */
  Page.Image weights(float[] weights, int channel, double largest, String alt) {
    return image(
        alt,
        (row, column) -> {
          double part = largest > 0 ? mean(weights, row, column, channel) / largest : 0;
          int[] end = part < 0 ? BELOW : ABOVE;
          int[] rgb = new int[3];
          for (int i = 0; i < 3; i++) {
            rgb[i] = (int) Math.round(ZERO[i] + (end[i] - ZERO[i]) * Math.min(1, Math.abs(part)));
          }
          return rgb;
        });
  }

  /** The weights of all channels as one colour: grey where they are zero. */
  Page.Image weightsTogether(float[] weights, double largest, String alt) {
    return image(
        alt,
        (row, column) -> {
          int[] rgb = new int[3];
          for (int i = 0; i < 3; i++) {
            double part = largest > 0 ? mean(weights, row, column, i) / largest : 0;
            rgb[i] = (int) Math.round(127.5 + 127.5 * part);
          }
          return rgb;
        });
  }

  /** The mean over the features that become one pixel. */
  private double mean(float[] values, int row, int column, int channel) {
    double sum = 0;
    int count = 0;
    for (int r = row * step; r < Math.min(rows, (row + 1) * step); r++) {
      for (int c = column * step; c < Math.min(columns, (column + 1) * step); c++) {
        sum += values[(r * columns + c) * channels + channel];
        count++;
      }
    }
    return sum / count;
  }

  private interface Pixels {
    /** Red, green and blue; what is beyond 0 to 255 is brought there. */
    int[] at(int row, int column);
  }

  private Page.Image image(String alt, Pixels pixels) {
    int height = Math.ceilDiv(rows, step);
    int width = Math.ceilDiv(columns, step);
    int[] all = new int[width * height];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int pixel = 0;
        for (int value : pixels.at(row, column)) {
          pixel = pixel << 8 | Math.clamp(value, 0, 255);
        }
        all[row * width + column] = pixel;
      }
    }
    String base64 = Base64.getEncoder().encodeToString(PngEncoder.encode(all, width));
    return new Page.Image("data:image/png;base64," + base64, alt, width, height);
  }
}
