// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.hostile;

import dev.lanewise.data.DigestOracle;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Question;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Schema;
import dev.lanewise.data.hdf5.Hdf5DatasetWriter;
import dev.lanewise.data.idx.IdxFiles;
import dev.lanewise.model.DataProvenance;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelFile;
import dev.lanewise.model.Provenance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** A small file of every kind that Lanewise reads. */
final class Seeds {

  private static final int M = 6;
  private static final int ROWS = 3;
  private static final int COLUMNS = 2;
  private static final int D = ROWS * COLUMNS;
  private static final byte[] LABELS = {0, 1, 1, 0, 2, 1};

  private static final String CSV =
      "length,\"wide, or not\",class\r\n1.5,-2,cat\r\n\"3e-2\",.25,dog\r\n7,8,\"c\"\"at\"\r\n-0,1e20,dog\r\n";
  private static final String SVM = "# made\n+1 1:0.5 3:-2e-3 # first\n-1 2:7\n1 1:1 2:2 3:3\n-1\n";

  private Seeds() {}

  /**
   * All of them.
   *
   * @param scratch a folder to write into
   */
  static List<Seed> all(Path scratch) {
    List<Seed> seeds = new ArrayList<>();
    seeds.addAll(hdf5(scratch));
    seeds.addAll(models(scratch));
    seeds.addAll(idx());
    seeds.addAll(npy());
    seeds.addAll(texts());
    seeds.addAll(pictures());
    return seeds;
  }

  private static byte[] pixels() {
    byte[] pixels = new byte[M * D];
    new Random(1).nextBytes(pixels);
    return pixels;
  }

  private static List<Seed> hdf5(Path scratch) {
    List<Seed> seeds = new ArrayList<>();
    Path own = scratch.resolve("own.h5");
    byte[] binary = {0, 1, 1, 0, 1, 0};
    Hdf5DatasetWriter.write(
        own,
        "train",
        FeatureShape.of(ROWS, COLUMNS, 1),
        pixels(),
        new int[] {0, 1, 1, 0, 1, 0},
        List.of("non-cat", "cat"));
    byte[] written = bytes(own);
    int pixelsAt = indexOf(written, pixels());
    ByteBuffer labels = ByteBuffer.allocate(M * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (byte label : binary) {
      labels.putLong(label);
    }
    int labelsAt = indexOf(written, labels.array());
    // All else has checksums: what is read has the shape that was written.
    Seed contiguous =
        Seed.of("HDF5, own", "own.h5", written)
            .known(
                damaged ->
                    damaged.length < written.length
                        ? Optional.empty()
                        : Optional.of(
                            digest(
                                D,
                                M,
                                i -> pixel(damaged[pixelsAt + i]),
                                j ->
                                    (int)
                                        ByteBuffer.wrap(damaged)
                                            .order(ByteOrder.LITTLE_ENDIAN)
                                            .getLong(labelsAt + Long.BYTES * j))));
    seeds.add(contiguous);
    seeds.add(Seed.of("HDF5, own", "own.h5", written).packed("checksums put right", Packing::hdf5));
    for (String name : List.of("old", "fixed", "extensible", "tree", "dense")) {
      Seed seed =
          Seed.of("HDF5, " + name, name + ".hdf5", resource("/hostile/seeds/" + name + ".hdf5"));
      seeds.add(seed);
      seeds.add(seed.packed("checksums put right", Packing::hdf5));
    }
    return seeds;
  }

  private static List<Seed> models(Path scratch) {
    List<Seed> seeds = new ArrayList<>();
    Question question = new Question(List.of("dog", "cat", "fish"), List.of("fish"));
    Schema schema =
        new Schema(
            FeatureShape.of(2, 3), Scaling.PIXELS, question.answers(), Optional.of(question));
    Model model =
        new Model(
            new float[] {0.5f, -0f, 1e-42f, -3.25f, 1e30f, 7f},
            -0.25f,
            schema,
            Provenance.now(
                "primal",
                "simd",
                8,
                1,
                Map.of("iterations", "3"),
                new DataProvenance("d.h5", "ab".repeat(32), 9, 6)));
    Path file = scratch.resolve("model.h5");
    ModelFile.write(model, file);
    Seed seed = Seed.of("model", "model.h5", bytes(file));
    seeds.add(seed.guardedWhole());
    seeds.add(seed.packed("checksums put right", Packing::hdf5));
    byte[] named = resource("/model/version4.hdf5");
    seeds.add(Seed.of("model with names", "model.h5", named).guardedWhole());
    seeds.add(
        Seed.of("model with names", "model.h5", named)
            .packed("checksums put right", Packing::hdf5));
    for (int old : new int[] {1, 2}) {
      byte[] golden = resource("/model/unsealed" + old + ".hdf5");
      seeds.add(Seed.of("model of format v" + old, "model.h5", golden));
      seeds.add(
          Seed.of("model of format v" + old, "model.h5", golden)
              .packed("checksums put right", Packing::hdf5));
    }
    return seeds;
  }

  private static List<Seed> idx() {
    byte[] images = IdxFiles.idx(8, pixels(), M, ROWS, COLUMNS);
    byte[] labels = IdxFiles.idx(8, LABELS, M);
    String imagesName = "train-images-idx3-ubyte";
    String labelsName = "train-labels-idx1-ubyte";
    Seed raw =
        Seed.of("IDX", imagesName, images)
            .with(labelsName, labels)
            .known(damaged -> idxDigest(damaged, labels));
    Seed labelsSeed =
        new Seed(
            "IDX, labels",
            labelsName,
            labels,
            bytes -> bytes,
            Map.of(imagesName, images),
            imagesName,
            List.of(),
            damaged -> idxDigest(images, damaged),
            false);
    Seed gzip =
        Seed.of("IDX, gzipped", imagesName + ".gz", Packing.gzip(images))
            .with(labelsName + ".gz", Packing.gzip(labels))
            .guardedWhole();
    Seed inside =
        Seed.of("IDX", imagesName + ".gz", images)
            .with(labelsName + ".gz", Packing.gzip(labels))
            .known(damaged -> idxDigest(damaged, labels))
            .packed("gzipped when damaged", Packing::gzip);
    Seed mapped =
        Seed.of("IDX, mapped", imagesName, images)
            .with(labelsName, labels)
            .with(List.of("--map", "always"))
            .known(damaged -> idxDigest(damaged, labels));
    return List.of(raw, labelsSeed, gzip, inside, mapped);
  }

  // Written after the description of the format and not after the reader.
  private static Optional<String> idxDigest(byte[] images, byte[] labels) {
    ByteBuffer in = ByteBuffer.wrap(images);
    if (images.length < 8 || images[2] != 8) {
      return Optional.empty();
    }
    int rank = images[3];
    if (rank < 2 || images.length < 4 + 4 * rank) {
      return Optional.empty();
    }
    int samples = in.getInt(4);
    long size = 1;
    for (int k = 1; k < rank; k++) {
      size *= in.getInt(4 + 4 * k);
    }
    int start = 4 + 4 * rank;
    int features = (int) size;
    if (size < 1 || samples < 1 || samples * size != images.length - start) {
      return Optional.empty();
    }
    int labelsStart = labels.length - samples;
    boolean bytes = labels.length > 8 && labels[2] == 8;
    return bytes
        ? Optional.of(
            digest(
                features,
                samples,
                i -> pixel(images[start + i]),
                j -> labels[labelsStart + j] & 0xff))
        : Optional.empty();
  }

  private static List<Seed> npy() {
    byte[] x = resource("/hostile/seeds/X.npy");
    byte[] y = resource("/hostile/seeds/y.npy");
    byte[] fortran = resource("/hostile/seeds/fortran_x.npy");
    Seed raw = Seed.of("NPY", "X.npy", x).with("y.npy", y).known(damaged -> npyDigest(x, damaged));
    Seed mapped =
        Seed.of("NPY, mapped", "X.npy", x)
            .with("y.npy", y)
            .with(List.of("--map", "always"))
            .known(damaged -> npyDigest(x, damaged));
    Map<String, byte[]> others = new LinkedHashMap<>();
    others.put("y.npy", y);
    Seed packed =
        Seed.of("NPZ, array", "a.npz", x)
            .known(damaged -> npyDigest(x, damaged))
            .packed(
                "zipped when damaged",
                damaged -> {
                  Map<String, byte[]> entries = new LinkedHashMap<>();
                  entries.put("X.npy", damaged);
                  entries.putAll(others);
                  return Packing.zip(entries);
                });
    return List.of(
        raw,
        mapped,
        Seed.of("NPY, Fortran's order", "fortran_x.npy", fortran).with("fortran_y.npy", y),
        Seed.of("NPY", "X.npy", x).with("y.npy", y).packed("gzipped when damaged", Packing::gzip),
        packed,
        Seed.of("NPZ, stored", "stored.npz", resource("/hostile/seeds/stored.npz")),
        Seed.of("NPZ, deflated", "deflated.npz", resource("/hostile/seeds/deflated.npz")));
  }

  // Where the header is as it was: 6 x 3 float32.
  private static Optional<String> npyDigest(byte[] whole, byte[] damaged) {
    int start = whole.length - 6 * 3 * Float.BYTES;
    if (damaged.length != whole.length || !Arrays.equals(whole, 0, start, damaged, 0, start)) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN);
    return Optional.of(digest(3, M, i -> in.getFloat(start + Float.BYTES * i), j -> LABELS[j]));
  }

  private static List<Seed> texts() {
    byte[] csv = CSV.getBytes(StandardCharsets.UTF_8);
    byte[] svm = SVM.getBytes(StandardCharsets.UTF_8);
    Seed gzip = Seed.of("LIBSVM, gzipped", "data.svm.gz", Packing.gzip(svm)).guardedWhole();
    return List.of(
        Seed.of("CSV", "data.csv", csv),
        Seed.of("CSV", "data.csv.gz", csv).packed("gzipped when damaged", Packing::gzip),
        Seed.of("CSV, gzipped", "data.csv.gz", Packing.gzip(csv)).guardedWhole(),
        Seed.of("LIBSVM", "data.svm", svm),
        gzip);
  }

  private static List<Seed> pictures() {
    List<Seed> seeds = new ArrayList<>();
    for (String name :
        List.of(
            "colour.png",
            "palette.png",
            "grey16.png",
            "grey.jpg",
            "progressive.jpg",
            "turned6.jpg",
            "cmyk.jpg",
            "grey.gif",
            "canvas.gif",
            "colour.bmp",
            "grey.bmp",
            "runs.bmp",
            "lossless.webp",
            "profile.webp")) {
      byte[] picture = resource("/pictures/" + name);
      String schema = name.substring(name.indexOf('.') + 1).toUpperCase(java.util.Locale.ROOT);
      Seed seed = Seed.of("picture, " + schema, name, picture).with(List.of("--strict"));
      seeds.add(schema.equals("PNG") ? seed.guardedWhole() : seed);
      if (schema.equals("PNG")) {
        seeds.add(seed.packed("checksums put right", Packing::png));
      }
    }
    byte[] picture = resource("/pictures/grey.jpg");
    seeds.add(
        Seed.of("picture, in a folder of classes", "pets/cat/a.jpg", picture)
            .with(
                Map.of(
                    "pets/cat/b.jpg", picture, "pets/dog/c.png", resource("/pictures/colour.png")),
                "pets")
            .with(List.of("--strict", "--size", "4x4")));
    return seeds;
  }

  private interface Feature {
    float at(int index);
  }

  private interface Label {
    int of(int sample);
  }

  private static float pixel(byte value) {
    return (value & 0xff) * (float) (1.0 / 255);
  }

  // By an implementation of its own.
  private static String digest(int d, int m, Feature feature, Label label) {
    double[][] samples = new double[m][d];
    for (int i = 0; i < d * m; i++) {
      samples[i / d][i % d] = feature.at(i);
    }
    return new DigestOracle(samples, IntStream.range(0, m).map(label::of).toArray(), null).blocks();
  }

  static byte[] resource(String name) {
    try (InputStream in = Seeds.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    throw new IllegalStateException("not in the file");
  }
}
