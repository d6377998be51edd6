package dev.lanewise.bench.peers;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.drawn.DrawnPictures;
import dev.lanewise.data.drawn.Part;

/** Drawn pictures of cats and other things, as many as the tutorial has and of the same size. */
final class Drawn {

  private static final int SAMPLES = 209;

  private Drawn() {}

  static Dataset dataset() {
    DrawnPictures pictures = DrawnPictures.draw(SAMPLES, 1, Part.TRAIN);
    byte[] pixels = pictures.pixels();
    int d = pixels.length / SAMPLES;
    float[][] samples = new float[SAMPLES][d];
    for (int j = 0; j < SAMPLES; j++) {
      for (int i = 0; i < d; i++) {
        samples[j][i] = Scaling.pixel(Byte.toUnsignedInt(pixels[j * d + i]));
      }
    }
    return Dataset.of(samples, pictures.labels());
  }
}
