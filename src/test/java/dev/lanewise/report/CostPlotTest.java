// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.metric.Curve;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

class CostPlotTest {

  private static PlotLayout layout(double... costs) {
    double[] iterations = IntStream.range(0, costs.length).mapToDouble(i -> 100 * i).toArray();
    return PlotLayout.of(new Curve(iterations, costs), "Cost", "iteration", "cost J");
  }

  private static List<String> texts(List<PlotLayout.Mark> marks) {
    return marks.stream().map(PlotLayout.Mark::text).toList();
  }

  @Test
  void marksAreRoundNumbersAndTheCurveStaysInside() {
    PlotLayout layout = layout(0.693147, 0.5845, 0.4669, 0.3760, 0.3314);
    assertThat(texts(layout.x())).containsExactly("0", "100", "200", "300", "400");
    assertThat(texts(layout.y()))
        .containsExactly("0.0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7");
    for (PlotLayout.Point point : layout.lines().get(0)) {
      assertThat(point.x()).isBetween((double) PlotLayout.LEFT, (double) PlotLayout.RIGHT);
      assertThat(point.y()).isBetween((double) PlotLayout.TOP, (double) PlotLayout.BOTTOM);
    }
    assertThat(layout.lines().get(0).get(0).y()).isLessThan(layout.lines().get(0).get(4).y());
  }

  @Test
  void oneCostNoneAtAllAboveZeroAndNoneThatIsFiniteAreDrawnToo() throws Exception {
    for (PlotLayout layout :
        List.of(
            layout(0.5), layout(0, 0, 0), layout(Double.NaN), layout(1e-9, 3e-9), layout(4e9, 1))) {
      assertThat(svg(layout).getElementsByTagName("text").getLength()).isGreaterThan(4);
      assertThat(image(layout).getWidth()).isEqualTo(1600);
    }
    assertThat(layout(1, Double.POSITIVE_INFINITY, 2, 3).lines()).hasSize(2);
  }

  @Test
  void vectorsAndPixelsShowTheSameCurve() throws Exception {
    PlotLayout layout = layout(0.7, 0.6, 0.2, 0.3);
    NodeList lines = svg(layout).getElementsByTagName("polyline");
    assertThat(lines.getLength()).isEqualTo(1);
    String points = lines.item(0).getAttributes().getNamedItem("points").getNodeValue();
    List<String> expected = new ArrayList<>();
    BufferedImage image = image(layout);
    for (PlotLayout.Point point : layout.lines().get(0)) {
      expected.add(PlotLayout.number(point.x()) + "," + PlotLayout.number(point.y()));
      int x = (int) Math.min(image.getWidth() - 1.0, 2 * point.x());
      assertThat(image.getRGB(x, (int) (2 * point.y())) & 0xffffff).isEqualTo(0x1f5fa6);
    }
    assertThat(points.split(" ")).containsExactlyElementsOf(expected);
  }

  private static Document svg(PlotLayout layout)
      throws IOException, ParserConfigurationException, SAXException {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(Templates.plot(layout)));
  }

  private static BufferedImage image(PlotLayout layout) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(PlotPainter.png(layout)));
  }

  @Test
  void theExtensionSaysTheFormat() {
    assertThat(CostPlot.Format.of(Path.of("a/b.SVG"))).contains(CostPlot.Format.SVG);
    assertThat(CostPlot.Format.of(Path.of("cost.old.png"))).contains(CostPlot.Format.PNG);
    for (String other : List.of("png", "cost.gif", "cost.", "svg.d/cost", "/")) {
      assertThat(CostPlot.Format.of(Path.of(other))).as(other).isEmpty();
    }
  }
}
