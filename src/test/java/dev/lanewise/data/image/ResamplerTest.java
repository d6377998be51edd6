// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ResamplerTest {

  private static float[] line(float[] in, int to) {
    float[] out = new float[to];
    new Resampler(in.length, to).line(in, 0, out, 0, 1);
    return out;
  }

  @Test
  void theSameLengthIsTheSameLine() {
    float[] line = {3, 200, 17, 0, 255};
    assertThat(line(line, 5)).containsExactly(line);
  }

  @Test
  void evenAreasStayEven() {
    for (int from = 1; from < 40; from++) {
      float[] even = new float[from];
      java.util.Arrays.fill(even, 77);
      for (int to = 1; to < 40; to++) {
        for (float value : line(even, to)) {
          assertThat(value).isCloseTo(77, within(1e-4f));
        }
      }
    }
  }

  @Test
  void fineStripesBecomeGreyAndNoOtherStripes() {
    float[] stripes = new float[1000];
    for (int i = 0; i < stripes.length; i += 2) {
      stripes[i] = 255;
    }
    float[] small = line(stripes, 30);
    for (int i = 2; i < 28; i++) {
      assertThat(small[i]).isCloseTo(127.5f, within(2f));
    }
  }

  @Test
  void slopesStaySlopes() {
    float[] slope = new float[64];
    for (int i = 0; i < slope.length; i++) {
      slope[i] = i;
    }
    float[] half = line(slope, 32);
    for (int i = 3; i < 29; i++) {
      assertThat(half[i]).isCloseTo(2 * i + 0.5f, within(1e-3f));
    }
    float[] twice = line(slope, 128);
    for (int i = 6; i < 122; i++) {
      assertThat(twice[i]).isCloseTo(i / 2f - 0.25f, within(1e-3f));
    }
  }

  @Test
  void channelsDoNotMix() {
    float[] in = {0, 100, 0, 100, 0, 100, 0, 100};
    float[] out = new float[4];
    new Resampler(4, 2).line(in, 1, out, 1, 2);
    assertThat(out).containsExactly(0, 100, 0, 100);
  }
}
