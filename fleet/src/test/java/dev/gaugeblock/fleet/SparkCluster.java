package dev.gaugeblock.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.spark.launcher.JavaModuleOptions;

/** A real cluster of Spark on this machine: a Master and Workers, each a process, from the jars that Maven copied. */
final class SparkCluster implements AutoCloseable {
    /** Generous: other programs may want the machine, too. */
    private static final int PATIENCE_MINUTES = 20;

    /** JVMs that live for seconds. */
    static final String SMALL = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private static final Path HOME = Path.of(System.getProperty("fleet.spark"));
    private static final String JAR = System.getProperty("fleet.jar");
    private static final String HOST = "127.0.0.1";

    private final Path folder;
    private final String url;
    private final List<Process> processes = new ArrayList<>();
    private final List<Process> workers = new ArrayList<>();

    /** What a program said, as it says it. */
    static final class Said {
        private final Process process;
        private final List<String> lines = new ArrayList<>();
        private final CountDownLatch awaited = new CountDownLatch(1);
        private final Thread reader;

        private Said(Process process, Predicate<String> isAwaited) {
            this.process = process;
            reader = new Thread(() -> {
                try (BufferedReader in =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                    for (String line = in.readLine(); line != null; line = in.readLine()) {
                        synchronized (lines) {
                            lines.add(line);
                        }
                        if (isAwaited.test(line)) {
                            awaited.countDown();
                        }
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            reader.setDaemon(true);
            reader.start();
        }

        /** Waits for the line that is awaited. */
        void await() throws InterruptedException {
            if (!awaited.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException("what is awaited was not said:\n" + this);
            }
        }

        /** Ends it at once. */
        void kill() throws InterruptedException {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }

        /** Waits for the end, and returns the exit code. */
        int exitCode() throws InterruptedException {
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("it did not end:\n" + this);
            }
            reader.join();
            return process.exitValue();
        }

        @Override
        public String toString() {
            synchronized (lines) {
                return String.join("\n", lines);
            }
        }
    }

    /** Starts one, and waits until its Workers are known. */
    SparkCluster(Path folder, int workerCount) throws IOException, InterruptedException {
        this.folder = folder;
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        url = "spark://" + HOST + ":" + port;
        CountDownLatch known = new CountDownLatch(workerCount);
        CountDownLatch up = new CountDownLatch(1);
        Process master = start(List.of(
                "-Xmx256m",
                "org.apache.spark.deploy.master.Master",
                "--host",
                HOST,
                "--port",
                Integer.toString(port),
                "--webui-port",
                "0"));
        Said said = new Said(master, line -> {
            if (line.contains("New state: ALIVE")) {
                up.countDown();
            } else if (line.contains("Registering worker")) {
                known.countDown();
            }
            return false;
        });
        if (!up.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the Master does not come up:\n" + said);
        }
        for (int worker = 0; worker < workerCount; worker++) {
            Process process = start(List.of(
                    "-Xmx256m",
                    "org.apache.spark.deploy.worker.Worker",
                    "--cores",
                    "1",
                    "--memory",
                    "1g",
                    "--webui-port",
                    "0",
                    "--work-dir",
                    Files.createDirectories(folder.resolve("worker" + worker)).toString(),
                    url));
            workers.add(process);
            new Said(process, line -> false);
        }
        if (!known.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the Workers are not known:\n" + said);
        }
    }

    private Process start(List<String> arguments) throws IOException {
        Process process = spark(arguments);
        processes.add(process);
        return process;
    }

    private static Process spark(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(SMALL.split(" ")));
        command.addAll(List.of("-cp", HOME.resolve("jars") + "/*"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SPARK_HOME", HOME.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", HOST);
        return builder.start();
    }

    /** Submits a job to the cluster. */
    Said submit(String job, Predicate<String> isAwaited, List<String> arguments) throws IOException {
        return submit(url, job, isAwaited, arguments);
    }

    /** Runs a job in one process of its own, on two cores. */
    static Said runHere(String job, Predicate<String> isAwaited, List<String> arguments) throws IOException {
        return submit("local[2]", job, isAwaited, arguments);
    }

    private static Said submit(String master, String job, Predicate<String> isAwaited, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("-Xmx512m"));
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
        command.addAll(List.of("org.apache.spark.deploy.SparkSubmit", "--master", master));
        for (String setting : List.of(
                "spark.ui.enabled=false",
                "spark.executor.memory=768m",
                "spark.executor.cores=1",
                "spark.sql.shuffle.partitions=2",
                "spark.sql.codegen.wholeStage=false",
                "spark.network.timeout=600s",
                "spark.executor.extraJavaOptions=" + SMALL)) {
            command.addAll(List.of("--conf", setting));
        }
        command.addAll(List.of("--class", "dev.gaugeblock.fleet." + job, JAR));
        command.addAll(arguments);
        return new Said(spark(command), isAwaited);
    }

    /** Ends a Worker at once, and what it runs, as if its machine were gone. */
    void kill(int worker) {
        Process process = workers.get(worker);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public void close() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
