// SPDX-License-Identifier: Apache-2.0
package dev.lanewise;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What a program that depends on the library gets with it. */
class LibraryDependenciesTest {

  @Test
  void programsGetReadersAndNoCommandLineNoReportAndNoLoggingProvider() throws Exception {
    assertThat(brought())
        .containsExactlyInAnyOrder("jhdf", "jackson-core", "fastcsv", "imageio-webp");
  }

  @Test
  void theLicenseOfEachPackagedDependencyIsKept() throws Exception {
    List<String> headings =
        Files.readAllLines(Path.of("THIRD-PARTY.txt")).stream()
            .flatMap(line -> Arrays.stream(line.split(", ")))
            .toList();
    assertThat(headings).containsAll(packaged(dependency -> true));
  }

  private static List<String> brought() throws Exception {
    return packaged(dependency -> !"true".equals(text(dependency, "optional")));
  }

  private static List<String> packaged(Predicate<Element> which) throws Exception {
    Element project =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom.xml").toFile())
            .getDocumentElement();
    List<String> names = new ArrayList<>();
    for (Element dependency : children(child(project, "dependencies"), "dependency")) {
      if (which.test(dependency) && !"test".equals(text(dependency, "scope"))) {
        names.add(text(dependency, "artifactId"));
      }
    }
    return names;
  }

  private static Element child(Element parent, String name) {
    return children(parent, name).getFirst();
  }

  private static String text(Element parent, String name) {
    List<Element> found = children(parent, name);
    return found.isEmpty() ? null : found.getFirst().getTextContent();
  }

  private static List<Element> children(Element parent, String name) {
    NodeList nodes = parent.getChildNodes();
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(node -> node.getNodeType() == Node.ELEMENT_NODE && node.getNodeName().equals(name))
        .map(Element.class::cast)
        .toList();
  }
}
