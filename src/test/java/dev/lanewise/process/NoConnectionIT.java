// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.data.TestData;
import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5Writer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No command opens a connection or looks a name up: the JVM cannot do either without the classes
 * for it, and says which classes it initialises.
 */
class NoConnectionIT {

  // What the JDK itself opens sockets with, and what it asks for the address of a name.
  private static final Pattern NETWORK =
      Pattern.compile(
          "Initializing '(java/net/(Socket|ServerSocket|DatagramSocket|InetAddress|HttpURLConnection)"
              + "|sun/nio/ch/(NioSocketImpl|SocketChannelImpl|ServerSocketChannelImpl"
              + "|DatagramChannelImpl|UnixDomainSockets|Net)"
              + "|jdk/internal/net/http/\\S+|sun/net/www/http/\\S+)'");

  @TempDir private Path folder;

  /** A program that does what Lanewise never does. */
  static final class Connects {

    private Connects() {}

    public static void main(String[] args) throws IOException {
      try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
          Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
        System.out.println(client.isConnected());
      }
    }
  }

  @Test
  void theWatchSeesAConnection() throws Exception {
    Path classes =
        Path.of(NoConnectionIT.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assertThat(used(List.of("-cp", classes.toString(), Connects.class.getName())))
        .anySatisfy(line -> assertThat(line).contains("java/net/Socket'"))
        .anySatisfy(line -> assertThat(line).contains("sun/nio/ch/NioSocketImpl'"))
        .anySatisfy(line -> assertThat(line).contains("java/net/InetAddress'"));
  }

  @Test
  void noCommandOpensAConnection() throws IOException {
    Path data = folder.resolve("data.h5");
    long[] y = new long[40];
    for (int j = 0; j < y.length; j++) {
      y[j] = j % 2;
    }
    Hdf5Writer.write(
        data, new Hdf5Content().uint8("X", TestData.pixels(40, 12, 5), 40, 12, 1).int64("y", y));
    Path model = folder.resolve("model.h5");
    Path copy = folder.resolve("copy.h5");
    Path one = folder.resolve("one.h5");
    Path two = folder.resolve("two.h5");
    for (List<Object> command :
        List.<List<Object>>of(
            List.of("train", "--iterations", 5, "--model", model, "--train", data, "--json"),
            List.of("train", "--iterations", 5),
            List.of("train", "--solver", "newton", "--train", data, "--kernel", "simd"),
            List.of("evaluate", "--model", model, "--data", data),
            List.of("predict", "--model", model, data),
            List.of("info", model),
            List.of("dataset", "build", data, "--out", copy),
            List.of("dataset", "split", data, "--train", one, "--test", two))) {
      List<String> args =
          new ArrayList<>(List.of(JavaProcess.MODULE, "-jar", JavaProcess.jar().toString()));
      command.forEach(arg -> args.add(arg.toString()));
      assertThat(used(args)).as("%s", command).isEmpty();
    }
  }

  /** The classes of the network that a JVM initialises until its end. */
  private List<String> used(List<String> args) throws IOException {
    Path log = folder.resolve("classes.log");
    Files.deleteIfExists(log);
    List<String> java = new ArrayList<>();
    java.add(JavaProcess.thisJava().toString());
    java.add("-Xlog:class+init=info:file=" + log + "::filesize=0");
    java.addAll(args);
    JavaProcess run = JavaProcess.run(java, Map.of());
    assertThat(run.status()).as("%s: %s", args, run.err()).isZero();
    List<String> lines = Files.readAllLines(log);
    assertThat(lines).anySatisfy(line -> assertThat(line).contains("java/lang/Object'"));
    return lines.stream().filter(line -> NETWORK.matcher(line).find()).toList();
  }
}
