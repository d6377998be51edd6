// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.lanewise.metric.Curve;
import dev.lanewise.metric.Reliability;
import dev.lanewise.metric.ThresholdCounts;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The numbers that the page's script draws and counts with, as JSON that cannot end the script
 * element that it stands in: no character of markup is in it as itself.
 */
final class PageJson {

  private final JsonGenerator json;

  private PageJson(JsonGenerator json) {
    this.json = json;
  }

  /**
   * The numbers of a page.
   *
   * @param cost null where there is none
   * @param unit what the cost was noted after
   * @param assessments of two classes or of more
   * @param classes which of more than two are shown; empty where there are two
   * @param weights the largest of each neuron; empty where they are pictures
   */
  static String of(
      Costs cost,
      String unit,
      List<Assessment> assessments,
      List<Integer> classes,
      List<List<WeightsViews.Largest>> weights) {
    return written(json -> json.write(cost, unit, assessments, classes, weights));
  }

  /**
   * The numbers of the page of a sweep.
   *
   * @param unit what costs were noted after
   * @param lines the curves of cost
   */
  static String ofRuns(String unit, List<SweepCurves.Line> lines) {
    return written(json -> json.write(unit, lines));
  }

  private interface Content {
    void writeTo(PageJson json) throws IOException;
  }

  private static String written(Content content) {
    StringWriter text = new StringWriter();
    JsonFactory factory = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    try (JsonGenerator generator = factory.createGenerator(text)) {
      generator.setCharacterEscapes(new NoMarkup());
      content.writeTo(new PageJson(generator));
    } catch (IOException e) {
      throw new UncheckedIOException("a string can always be written to", e);
    }
    return text.toString();
  }

  private void write(
      Costs cost,
      String unit,
      List<Assessment> assessments,
      List<Integer> classes,
      List<List<WeightsViews.Largest>> weights)
      throws IOException {
    json.writeStartObject();
    if (cost != null) {
      json.writeStringField("unit", unit);
      curve("cost", cost.curve());
      if (cost.heldOut().isPresent()) {
        curve("heldOut", cost.heldOut().get());
      }
    }
    json.writeArrayFieldStart("data");
    for (int number = 0; number < assessments.size(); number++) {
      Assessment assessment = assessments.get(number);
      json.writeStartObject();
      json.writeStringField("key", assessment.key(number));
      json.writeStringField("name", assessment.name());
      if (classes.isEmpty()) {
        thresholds(assessment.thresholds());
        curves(assessment.curves());
      } else {
        json.writeArrayFieldStart("classes");
        for (int classNumber : classes) {
          json.writeStartObject();
          curves(assessment.curves(classNumber));
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("weights");
    for (List<WeightsViews.Largest> neuron : weights) {
      json.writeStartArray();
      for (WeightsViews.Largest one : neuron) {
        json.writeStartArray();
        json.writeString(one.feature());
        number(one.weight());
        json.writeString(one.text());
        json.writeEndArray();
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void write(String unit, List<SweepCurves.Line> lines) throws IOException {
    json.writeStartObject();
    json.writeStringField("unit", unit);
    json.writeArrayFieldStart("runs");
    for (SweepCurves.Line line : lines) {
      json.writeStartObject();
      json.writeStringField("name", line.name());
      json.writeBooleanField("best", line.best());
      curve("cost", line.curve());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void thresholds(ThresholdCounts counts) throws IOException {
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
  }

  private void curves(ClassCurves curves) throws IOException {
    json.writeStringField("rocArea", ClassCurves.area(curves.rocArea()));
    json.writeStringField("averagePrecision", ClassCurves.area(curves.averagePrecision()));
    if (curves.roc().isPresent()) {
      curve("roc", curves.roc().get().points());
    }
    if (curves.precisionRecall().isPresent()) {
      curve("precisionRecall", curves.precisionRecall().get().points());
    }
    json.writeArrayFieldStart("reliability");
    for (Reliability.Bin bin : curves.reliability().bins()) {
      json.writeStartArray();
      number(bin.meanProbability());
      number(bin.share());
      json.writeNumber(bin.samples());
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private void curve(String name, Curve curve) throws IOException {
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
