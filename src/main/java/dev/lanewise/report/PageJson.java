package dev.lanewise.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.lanewise.data.FeatureNames;
import dev.lanewise.report.metric.Curve;
import dev.lanewise.report.metric.Reliability;
import dev.lanewise.report.metric.ThresholdCounts;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * The numbers that the page's script draws and counts with, as JSON that cannot end the script
 * element that it stands in: no character of markup is in it as itself.
 */
final class PageJson {

  private static final int STRIPES = 100;

  private final JsonGenerator json;

  private PageJson(JsonGenerator json) {
    this.json = json;
  }

  /**
   * The numbers of a page.
   *
   * @param cost null where there is none
   * @param unit what the cost was noted after
   * @param assessments empty where there is nothing to draw of them
   * @param weightFeatures the features whose weights are bars, in their order
   * @param weights all weights; null where they are pictures
   * @param names what the features are called, if they have names
   */
  static String of(
      Costs cost,
      String unit,
      List<Assessment> assessments,
      List<Integer> weightFeatures,
      float[] weights,
      Optional<FeatureNames> names) {
    StringWriter text = new StringWriter();
    JsonFactory factory = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    try (JsonGenerator generator = factory.createGenerator(text)) {
      generator.setCharacterEscapes(new NoMarkup());
      new PageJson(generator).write(cost, unit, assessments, weightFeatures, weights, names);
    } catch (IOException e) {
      throw new UncheckedIOException("a string can always be written to", e);
    }
    return text.toString();
  }

  private void write(
      Costs cost,
      String unit,
      List<Assessment> assessments,
      List<Integer> weightFeatures,
      float[] weights,
      Optional<FeatureNames> names)
      throws IOException {
    json.writeStartObject();
    if (cost != null) {
      json.writeStringField("unit", unit);
      curve("cost", cost.curve());
    }
    json.writeArrayFieldStart("data");
    for (int number = 0; number < assessments.size(); number++) {
      assessment(assessments.get(number), number);
    }
    json.writeEndArray();
    if (weights != null) {
      json.writeArrayFieldStart("weights");
      for (int feature : weightFeatures) {
        json.writeStartArray();
        if (names.isPresent()) {
          json.writeString(names.get().list().get(feature));
        } else {
          json.writeNumber(feature);
        }
        number(weights[feature]);
        json.writeEndArray();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private void assessment(Assessment assessment, int number) throws IOException {
    ThresholdCounts counts = assessment.thresholds();
    json.writeStartObject();
    json.writeStringField("key", assessment.key(number));
    json.writeStringField("name", assessment.name());
    json.writeNumberField("positives", counts.positives());
    json.writeNumberField("negatives", counts.negatives());
    json.writeArrayFieldStart("truePositives");
    for (int step = 0; step <= ThresholdCounts.STEPS; step++) {
      json.writeNumber(counts.truePositives(step));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("falsePositives");
    for (int step = 0; step <= ThresholdCounts.STEPS; step++) {
      json.writeNumber(counts.falsePositives(step));
    }
    json.writeEndArray();
    if (assessment.roc().isPresent()) {
      curve("roc", assessment.roc().get().points());
    }
    if (assessment.precisionRecall().isPresent()) {
      curve("precisionRecall", assessment.precisionRecall().get().points());
    }
    json.writeArrayFieldStart("reliability");
    for (Reliability.Bin bin : assessment.reliability().bins()) {
      json.writeStartArray();
      number(bin.meanProbability());
      number(bin.share());
      json.writeNumber(bin.samples());
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void curve(String name, Curve full) throws IOException {
    Curve curve = full.thinned(STRIPES);
    json.writeArrayFieldStart(name);
    for (int point = 0; point < curve.size(); point++) {
      json.writeStartArray();
      number(curve.x(point));
      number(curve.y(point));
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  // JSON has no numbers that are not finite.
  private void number(double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }

  /** Writes the characters of markup as their numbers. */
  private static final class NoMarkup extends CharacterEscapes {

    private static final long serialVersionUID = 1;

    private final int[] ascii = standardAsciiEscapesForJSON();

    NoMarkup() {
      for (char character : "<>&'".toCharArray()) {
        ascii[character] = ESCAPE_STANDARD;
      }
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ascii;
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
      return null;
    }
  }
}
