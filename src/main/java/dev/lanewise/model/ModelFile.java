// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import dev.lanewise.data.DataDigest;
import dev.lanewise.data.DataException;
import dev.lanewise.data.FeatureNames;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Labels;
import dev.lanewise.data.Question;
import dev.lanewise.data.Schema;
import dev.lanewise.data.file.WholeFile;
import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5Entry;
import dev.lanewise.data.hdf5.Hdf5File;
import dev.lanewise.data.hdf5.Hdf5Writer;
import dev.lanewise.metric.Calibration;
import dev.lanewise.options.Activation;
import dev.lanewise.options.HiddenLayers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A model as an HDF5 file: the data sets {@code weights} (float32, in the shape of a sample),
 * {@code bias} (float32) and {@code class_names}; where these are answers to a question about many
 * classes, {@code question_classes} and {@code question_positive}; where features are standardised,
 * {@code feature_means} and {@code feature_deviations} (float64); where features have names, {@code
 * feature_names}; where a table without a header has them under numbers, {@code feature_columns}
 * (int64); where columns of a table are encoded, the data sets of {@link EncodingFields};
 * statistics of the fit as {@link SummaryFields} has them; everything else as attributes of the
 * file; and {@code file_sha256}, a checksum over all its bytes. Of K classes, three or more, {@code
 * weights} has a first dimension of K, {@code bias} has K numbers, and an attribute {@code
 * multi_class} says how scores become probabilities.
 *
 * <p>With hidden layers an attribute {@code layers} says how many layers there are, and {@code
 * activation} what hidden units make of their z. {@code weights} and {@code bias} are then those of
 * the first layer, with a first dimension of its units, {@code weights_2} (units x inputs) and
 * {@code bias_2} those of the next, and so on.
 */
public final class ModelFile {

  /** Endings that promise something else. */
  private static final List<String> OTHER_FORMATS =
      List.of(".onnx", ".json", ".csv", ".pkl", ".html", ".pt", ".joblib");

  private static final String FORMAT = "lanewise-model";
  private static final String CHECKPOINT = "lanewise-checkpoint";

  // A model that answers a question about many classes: programs that know version 1 alone would
  // hold it against the wrong labels.
  private static final long WITH_QUESTION = 2;
  private static final long WITHOUT_QUESTION = 1;
  private static final long MANY_CLASSES = 3;

  // Programs that know nothing of names would take the columns of a table by their positions. There
  // may be a question, or many classes: what is in the file says so.
  private static final long WITH_NAMES = 4;

  // Features whose indices in LIBSVM's text are from 0: programs that know nothing of it would take
  // the first for the one before.
  private static final long FROM_ZERO = 5;

  // Hidden layers.
  private static final long WITH_LAYERS = 6;

  // Columns that are encoded: programs that know nothing of it would look for a column of each
  // feature's name, or take numbers for features.
  private static final long WITH_ENCODING = 7;

  // A threshold on the probability of class 1 that is not 0.5: programs that know nothing of it
  // would predict other classes.
  private static final long WITH_THRESHOLD = 8;

  // Calibrated probabilities: programs that know nothing of it would predict others.
  private static final long WITH_CALIBRATION = 9;

  // Products of columns: programs that know nothing of them would miss features.
  private static final long WITH_TERMS = 10;

  private static final String THRESHOLD = "threshold";

  private static final String CALIBRATION = "calibration";
  private static final String CALIBRATION_NUMBERS = "calibration_numbers";

  private static final String ACTIVATION = "activation";
  private static final String LAYERS = "layers";

  private static final String FEATURE_NAMES = "feature_names";

  private static final String QUESTION_CLASSES = "question_classes";
  private static final String QUESTION_POSITIVE = "question_positive";

  private static final String MULTI_CLASS = "multi_class";

  /** Only where samples had weights: nothing else needs to know. */
  private static final String DATA_WEIGHTS = "data_weights";

  /** Older files of all versions are without these. */
  private static final String CONTRACT = "contract";

  private static final String ARGUMENTS = "training_arguments";

  private static final String DATA_DIGEST = "data_digest";

  private ModelFile() {}

  /**
   * Writes a model, whole or not at all.
   *
   * @param model the model
   * @param target the file, new or to be replaced
   * @throws DataException if it cannot be written; an older file of that name is as it was
   */
  public static void write(Model model, Path target) {
    Schema schema = model.schema();
    Hdf5Content content =
        new Hdf5Content()
            .float32("weights", weights(model.layers().getFirst()), dimensions(model))
            .float32("bias", model.layers().getFirst().biases())
            .strings("class_names", schema.classNames())
            .attribute("format", FORMAT)
            .attribute("format_version", version(model))
            .attribute("scaling", StandardizationFields.scaling(schema))
            .attribute("weights_sha256", model.weightsSha256());
    for (int l = 1; l < model.layers().size(); l++) {
      DenseLayer layer = model.layers().get(l);
      content
          .float32("weights_" + (l + 1), weights(layer), layer.units(), layer.inputs())
          .float32("bias_" + (l + 1), layer.biases());
    }
    model
        .activation()
        .ifPresent(
            activation ->
                content
                    .attribute(LAYERS, model.layers().size())
                    .attribute(ACTIVATION, activation.id()));
    model.multiClass().ifPresent(way -> content.attribute(MULTI_CLASS, way.id()));
    schema
        .question()
        .ifPresent(
            question ->
                content
                    .strings(QUESTION_CLASSES, question.classes())
                    .strings(QUESTION_POSITIVE, question.positive()));
    StandardizationFields.write(content, schema);
    schema.featureNames().ifPresent(names -> content.strings(FEATURE_NAMES, names.list()));
    NumberingFields.write(content, schema);
    EncodingFields.write(content, schema);
    if (model.threshold() != Predictions.THRESHOLD) {
      content.attribute(THRESHOLD, (double) model.threshold());
    }
    model
        .calibration()
        .ifPresent(
            calibration -> {
              List<Double> numbers = calibration.numbers();
              content
                  .attribute(CALIBRATION, calibration.kind().id())
                  .float64(
                      CALIBRATION_NUMBERS,
                      numbers.stream().mapToDouble(Double::doubleValue).toArray(),
                      numbers.size());
            });
    model.summary().ifPresent(summary -> SummaryFields.write(content, summary));
    provenance(content, model.provenance());
    content.sealed();
    Hdf5Writer.write(target, content);
  }

  /**
   * Writes a model to a stream. The bytes are those of the file; they go through a temporary file.
   *
   * @param model the model
   * @param out receives the bytes; the caller closes it
   * @throws IOException if the stream cannot be written
   * @throws DataException if the temporary file cannot be written
   */
  public static void write(Model model, OutputStream out) throws IOException {
    Path temporary = Files.createTempFile("lanewise-model", ".h5");
    try {
      write(model, temporary);
      Files.copy(temporary, out);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  // The oldest version that says all there is to say, so that older programs read what they can.
  private static long version(Model model) {
    if (model.schema().encoding().filter(by -> !by.terms().isEmpty()).isPresent()) {
      return WITH_TERMS;
    }
    if (model.calibration().isPresent()) {
      return WITH_CALIBRATION;
    }
    if (model.threshold() != Predictions.THRESHOLD) {
      return WITH_THRESHOLD;
    }
    if (model.schema().encoding().isPresent()) {
      return WITH_ENCODING;
    }
    if (!model.isLinear()) {
      return WITH_LAYERS;
    }
    if (model.schema().numbering().stream()
        .flatMapToInt(numbering -> numbering.firstIndex().stream())
        .anyMatch(first -> first == 0)) {
      return FROM_ZERO;
    }
    if (model.schema().featureNames().isPresent()) {
      return WITH_NAMES;
    }
    if (model.multiClass().isPresent()) {
      return MANY_CLASSES;
    }
    return model.schema().question().isPresent() ? WITH_QUESTION : WITHOUT_QUESTION;
  }

  private static float[] weights(DenseLayer layer) {
    float[] all = new float[layer.inputs() * layer.units()];
    for (int k = 0; k < layer.units(); k++) {
      System.arraycopy(layer.weights()[k], 0, all, k * layer.inputs(), layer.inputs());
    }
    return all;
  }

  private static int[] dimensions(Model model) {
    IntStream shape = model.schema().shape().dimensions().stream().mapToInt(Integer::intValue);
    return model.multiClass().isPresent() || !model.isLinear()
        ? IntStream.concat(IntStream.of(model.layers().getFirst().units()), shape).toArray()
        : shape.toArray();
  }

  /**
   * Refuses a target that could not be written, before a model is trained for it.
   *
   * @param target the file, new or to be replaced
   * @throws DataException if there is no such folder, it is a folder itself, it may not be written,
   *     or its name is that of another format
   */
  public static void checkTarget(Path target) {
    String name = target.getFileName().toString().toLowerCase(Locale.ROOT);
    if (OTHER_FORMATS.stream().anyMatch(name::endsWith)) {
      throw new DataException(
          target.toString(),
          "a model is a file of HDF5, expected a name like model.h5; 'lanewise export' makes ONNX"
              + " and JSON of it");
    }
    WholeFile.checkTarget(target);
  }

  private static void provenance(Hdf5Content content, Provenance provenance) {
    content
        .attribute("lanewise", provenance.lanewise())
        .attribute(CONTRACT, provenance.contract())
        .attribute("trained_at", provenance.trainedAt())
        .attribute("java", provenance.java())
        .attribute("system", provenance.system())
        .attribute("cpu", provenance.cpu())
        .attribute("engine", provenance.engine())
        .attribute("kernel", provenance.kernel())
        .attribute("lanes", provenance.lanes())
        .attribute("threads", provenance.threads())
        .attribute("options", lines(provenance.options()))
        .attribute("data_source", provenance.data().source())
        .attribute(DATA_DIGEST, provenance.data().digest().id())
        .attribute("data_sha256", provenance.data().sha256())
        .attribute("data_samples", provenance.data().samples())
        .attribute("data_features", provenance.data().features());
    if (!provenance.data().weights().isEmpty()) {
      content.attribute(DATA_WEIGHTS, provenance.data().weights());
    }
    if (!provenance.arguments().isEmpty()) {
      content.strings(ARGUMENTS, provenance.arguments());
    }
  }

  /**
   * Whether a file is a model, of whatever version.
   *
   * @param file any path
   * @return false if it is not, or cannot be read at all
   */
  public static boolean isModel(Path file) {
    try (Hdf5File hdf5 = Hdf5File.open(file)) {
      return hdf5.stringAttribute("format").filter(FORMAT::equals).isPresent();
    } catch (DataException e) {
      // Whoever reads it as something else will say what is wrong with it.
      return false;
    }
  }

  /**
   * Reads a model.
   *
   * @param file the file
   * @return the model
   * @throws DataException if there is no such file, it is damaged, it is not a model, or a later
   *     version wrote it
   */
  public static Model read(Path file) {
    return read(Hdf5File.open(file), file.toString());
  }

  /**
   * Reads a model from a stream, to the end of the stream.
   *
   * @param in the bytes of the file; the caller closes it
   * @param name what the stream is called in messages
   * @return the model
   * @throws DataException if the stream cannot be read, is damaged or is not a model, or a later
   *     version wrote it
   */
  public static Model read(InputStream in, String name) {
    try {
      return read(Hdf5File.open(in.readAllBytes(), name), name);
    } catch (IOException e) {
      throw DataException.unreadable(name, e);
    }
  }

  private static Model read(Hdf5File opened, String source) {
    try (Hdf5File hdf5 = opened) {
      Reading reading = new Reading(source, hdf5);
      reading.checkFormat();
      reading.checkSeal();
      return reading.model();
    }
  }

  /** One file being read. */
  private record Reading(String source, Hdf5File file) {

    void checkFormat() {
      String format = file.stringAttribute("format").orElse("");
      if (format.equals(CHECKPOINT)) {
        throw new DataException(
            source, "is a checkpoint, expected a model; 'train --resume' goes on from it");
      }
      if (!format.equals(FORMAT)) {
        throw new DataException(source, "not a model, expected a file that 'train --model' wrote");
      }
      long version = integer("format_version");
      if (version < WITHOUT_QUESTION || version > WITH_TERMS) {
        throw new DataException(
            source,
            String.format(
                Locale.ROOT,
                "a model of format version %d, but this lanewise reads versions %d to %d; use a newer one",
                version,
                WITHOUT_QUESTION,
                WITH_TERMS));
      }
    }

    // There are files of versions 1 to 3 that are older than the seal.
    void checkSeal() {
      if (!file.checkSeal() && integer("format_version") >= WITH_NAMES) {
        throw damaged(
            "it has no checksum 'file_sha256', which models of its format version have; take the"
                + " file as 'train --model' wrote it");
      }
    }

    Model model() {
      boolean many = has(MANY_CLASSES, file.stringAttribute(MULTI_CLASS));
      int layers = layers();
      Hdf5Entry entry =
          file.find("weights").orElseThrow(() -> damaged("there is no data set 'weights'"));
      List<Long> dimensions = entry.dimensions();
      int columns = layers > 1 ? units(dimensions) : many ? columns(dimensions) : 1;
      boolean isFlat = layers == 1 && !many;
      FeatureShape shape = shape(isFlat ? dimensions : dimensions.subList(1, dimensions.size()));
      List<String> classNames = file.strings("class_names");
      float[] bias = file.floats("bias");
      if (bias.length != columns) {
        throw damaged(
            String.format(
                Locale.ROOT, "the bias has %d elements, expected %d", bias.length, columns));
      }
      float[] weights = file.floats("weights");
      Model model;
      try {
        Schema schema =
            new Schema(
                shape,
                StandardizationFields.before(file, text("scaling")),
                classNames,
                question(),
                StandardizationFields.read(file, text("scaling")),
                featureNames(),
                NumberingFields.read(file),
                EncodingFields.read(file));
        model =
            layers > 1
                ? Model.network(
                    layers(layers, split(weights, columns), bias),
                    activation(),
                    schema,
                    provenance())
                : many
                    ? new Model(
                        split(weights, columns),
                        bias,
                        MultiClass.of(text(MULTI_CLASS)),
                        schema,
                        provenance())
                    : new Model(weights, bias[0], schema, provenance());
        if (has(WITH_THRESHOLD, file.doubleAttribute(THRESHOLD).stream().boxed().findFirst())) {
          model = withThreshold(model);
        }
        if (has(WITH_CALIBRATION, file.stringAttribute(CALIBRATION))) {
          model =
              model.withCalibration(
                  Optional.of(
                      Calibration.of(text(CALIBRATION), file.doubles(CALIBRATION_NUMBERS))));
        }
        model = SummaryFields.read(file).map(model::withSummary).orElse(model);
      } catch (IllegalArgumentException e) {
        throw damaged(e.getMessage());
      }
      String expected = text("weights_sha256");
      if (!model.weightsSha256().equals(expected)) {
        throw damaged(
            String.format(
                Locale.ROOT,
                "weights and bias have SHA-256 %s, expected %s",
                model.weightsSha256(),
                expected));
      }
      return model;
    }

    private Model withThreshold(Model model) {
      double threshold = file.doubleAttribute(THRESHOLD).orElseThrow(() -> missing(THRESHOLD));
      if (model.multiClass().isPresent()) {
        throw damaged("it has a threshold and more classes than two");
      }
      return model.withThreshold((float) threshold);
    }

    private List<DenseLayer> layers(int count, float[][] weights, float[] bias) {
      List<DenseLayer> layers = new ArrayList<>();
      layers.add(new DenseLayer(weights, bias));
      for (int number = 2; number <= count; number++) {
        layers.add(layer(number, layers.getLast().units()));
      }
      return layers;
    }

    private DenseLayer layer(int number, int inputs) {
      String name = "weights_" + number;
      List<Long> dimensions =
          file.find(name)
              .orElseThrow(() -> damaged("there is no data set '" + name + "'"))
              .dimensions();
      float[] biases = file.floats("bias_" + number);
      if (biases.length == 0 || !dimensions.equals(List.of((long) biases.length, (long) inputs))) {
        throw damaged(
            String.format(
                Locale.ROOT,
                "the weights of layer %d have dimensions %s, expected %d units and %d inputs",
                number,
                dimensions,
                biases.length,
                inputs));
      }
      return new DenseLayer(split(file.floats(name), biases.length), biases);
    }

    // How many layers there are: 1 where the file says nothing of layers.
    private int layers() {
      if (!has(WITH_LAYERS, file.longAttribute(LAYERS).stream().boxed().findFirst())) {
        return 1;
      }
      int count = small(LAYERS);
      if (count < 2) {
        throw damaged(
            String.format(Locale.ROOT, "attribute 'layers' is %d, expected 2 or more", count));
      }
      return count;
    }

    private Activation activation() {
      String id = text(ACTIVATION);
      for (Activation activation : Activation.values()) {
        if (activation.id().equals(id)) {
          return activation;
        }
      }
      throw damaged("attribute 'activation' is '" + id + "', which this lanewise does not know");
    }

    // Of the first of several layers.
    private int units(List<Long> dimensions) {
      if (dimensions.size() < 2
          || dimensions.getFirst() < 1
          || dimensions.getFirst() > HiddenLayers.MOST_UNITS) {
        throw damaged(
            String.format(
                Locale.ROOT,
                "the weights have dimensions %s, expected those of a sample after the number of units",
                dimensions));
      }
      return dimensions.getFirst().intValue();
    }

    private Optional<Question> question() {
      return has(WITH_QUESTION, file.find(QUESTION_CLASSES))
          ? Optional.of(
              new Question(file.strings(QUESTION_CLASSES), file.strings(QUESTION_POSITIVE)))
          : Optional.empty();
    }

    // A version of its own, until what is in the file says it.
    private boolean has(long version, Optional<?> found) {
      long written = integer("format_version");
      return written == version || written >= WITH_NAMES && found.isPresent();
    }

    private Optional<FeatureNames> featureNames() {
      return has(WITH_NAMES, file.find(FEATURE_NAMES))
          ? Optional.of(FeatureNames.of(file.strings(FEATURE_NAMES)))
          : Optional.empty();
    }

    // Of three classes or more.
    private int columns(List<Long> dimensions) {
      if (dimensions.size() < 2
          || dimensions.getFirst() < 3
          || dimensions.getFirst() > Labels.HIGHEST + 1) {
        throw damaged(
            String.format(
                Locale.ROOT,
                "the weights have dimensions %s, expected those of a sample after the number of classes",
                dimensions));
      }
      return dimensions.getFirst().intValue();
    }

    private static float[][] split(float[] weights, int columns) {
      int features = weights.length / columns;
      float[][] split = new float[columns][];
      for (int k = 0; k < columns; k++) {
        split[k] = Arrays.copyOfRange(weights, k * features, (k + 1) * features);
      }
      return split;
    }

    private FeatureShape shape(List<Long> dimensions) {
      try {
        return new FeatureShape(dimensions.stream().map(Math::toIntExact).toList());
      } catch (ArithmeticException | IllegalArgumentException e) {
        throw damaged("the weights have dimensions " + dimensions);
      }
    }

    private Provenance provenance() {
      return new Provenance(
          text("lanewise"),
          file.longAttribute(CONTRACT).isPresent() ? small(CONTRACT) : 0,
          text("trained_at"),
          text("java"),
          text("system"),
          text("cpu"),
          text("engine"),
          text("kernel"),
          small("lanes"),
          small("threads"),
          map(text("options")),
          file.find(ARGUMENTS).isPresent() ? file.strings(ARGUMENTS) : List.of(),
          new DataProvenance(
              text("data_source"),
              file.stringAttribute(DATA_DIGEST).map(DataDigest::of).orElse(DataDigest.CHAIN),
              text("data_sha256"),
              small("data_samples"),
              small("data_features"),
              file.stringAttribute(DATA_WEIGHTS).orElse("")));
    }

    private String text(String attribute) {
      return file.stringAttribute(attribute).orElseThrow(() -> missing(attribute));
    }

    private long integer(String attribute) {
      return file.longAttribute(attribute).orElseThrow(() -> missing(attribute));
    }

    private int small(String attribute) {
      long value = integer(attribute);
      if (value < 0 || value > Integer.MAX_VALUE) {
        throw damaged(String.format(Locale.ROOT, "attribute '%s' is %d", attribute, value));
      }
      return (int) value;
    }

    private Map<String, String> map(String lines) {
      Map<String, String> map = new LinkedHashMap<>();
      for (String line : lines.lines().toList()) {
        String[] parts = line.split("=", 2);
        if (parts.length != 2) {
          throw damaged(
              String.format(
                  Locale.ROOT, "attribute 'options' has a line '%s', expected name=value", line));
        }
        map.put(parts[0], parts[1]);
      }
      return map;
    }

    private DataException missing(String attribute) {
      return damaged("there is no attribute '" + attribute + "'");
    }

    private DataException damaged(String what) {
      return new DataException(source, "a damaged model: " + what);
    }
  }

  private static String lines(Map<String, String> map) {
    return map.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining("\n"));
  }
}
