// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.lanewise.data.DataException;
import dev.lanewise.data.table.ColumnProfile;
import dev.lanewise.data.table.Role;
import dev.lanewise.export.JsonValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The roles of columns as JSON. */
final class ColumnsFile {

  private static final String COLUMNS = "columns";
  private static final String NAME = "name";
  private static final String ROLE = "role";

  private ColumnsFile() {}

  /** The columns as a list of JSON objects. */
  static List<Map<String, Object>> json(List<ColumnProfile> columns) {
    return columns.stream()
        .map(
            column ->
                JsonParts.ordered(
                    NAME,
                    column.name(),
                    ROLE,
                    column.role().id(),
                    "reason",
                    column.reason().isEmpty() ? null : column.reason(),
                    "missing",
                    column.missing(),
                    "levels",
                    column.levels().isPresent() ? (Object) column.levels().getAsInt() : null,
                    "frequent",
                    column.frequent().stream()
                        .map(
                            level ->
                                JsonParts.ordered("value", level.value(), "count", level.count()))
                        .toList()))
        .toList();
  }

  /**
   * Reads the roles.
   *
   * @throws DataException if the file cannot be read, is no such JSON, or names a column twice
   */
  static Map<String, Role> read(Path file) {
    try {
      String text = Files.readString(file);
      // A byte order mark.
      return parse(text.startsWith("\uFEFF") ? text.substring(1) : text, file.toString());
    } catch (IOException e) {
      throw DataException.unreadable(file.toString(), e);
    }
  }

  /** The roles as a file has them. */
  static String text(Map<String, Role> roles) {
    List<Map<String, Object>> columns = new ArrayList<>();
    new TreeMap<>(roles)
        .forEach((name, role) -> columns.add(JsonParts.ordered(NAME, name, ROLE, role.id())));
    return JsonValues.text(Map.of(COLUMNS, columns));
  }

  /**
   * The roles of the text of a file.
   *
   * @param file what the text is called in messages
   * @throws DataException if it is no such JSON, or names a column twice
   */
  static Map<String, Role> parse(String text, String file) {
    try (JsonParser json = new JsonFactory().createParser(text)) {
      Map<String, Role> roles = new LinkedHashMap<>();
      require(json.nextToken() == JsonToken.START_OBJECT, file);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean columns = json.currentName().equals(COLUMNS);
        JsonToken value = json.nextToken();
        if (columns) {
          require(value == JsonToken.START_ARRAY, file);
          while (json.nextToken() == JsonToken.START_OBJECT) {
            column(json, file, roles);
          }
        } else {
          json.skipChildren();
        }
      }
      require(!roles.isEmpty() && json.nextToken() == null, file);
      return roles;
    } catch (JsonProcessingException e) {
      throw new DataException(
          file,
          String.format(
              Locale.ROOT,
              "is not JSON: line %d: %s",
              e.getLocation().getLineNr(),
              e.getOriginalMessage().replaceAll(" \\(start marker at .*", "")),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("a text can always be read", e);
    }
  }

  private static void column(JsonParser json, String file, Map<String, Role> roles)
      throws IOException {
    String name = null;
    String role = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      if (field.equals(NAME)) {
        name = json.getText();
      } else if (field.equals(ROLE)) {
        role = json.getText();
      } else {
        json.skipChildren();
      }
    }
    require(name != null && role != null, file);
    String known = role;
    Role found =
        Role.of(role)
            .orElseThrow(
                () ->
                    new DataException(
                        file,
                        String.format(
                            Locale.ROOT,
                            "has the role '%s', expected one of %s",
                            known,
                            Stream.of(Role.values())
                                .map(Role::id)
                                .collect(Collectors.joining(", ")))));
    boolean unique = found == Role.LABEL || found == Role.WEIGHT;
    if (unique && roles.containsValue(found)) {
      throw new DataException(file, "has two columns with the role " + role + ", expected one");
    }
    if (roles.put(name, found) != null) {
      throw new DataException(file, "names column '" + name + "' twice");
    }
  }

  private static void require(boolean right, String file) {
    if (!right) {
      throw new DataException(
          file, "has no roles of columns, expected what 'lanewise dataset describe --json' prints");
    }
  }
}
