package dev.gaugeblock.artefacts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Holds {@code docs/mutation.md} against Pitest's report: each method of the kernel packages in which mutants survive
 * stands there with a reason. With {@code gaugeblock.write} the tables are made anew, and keep the reasons that there
 * are.
 */
final class CheckMutation {
    private static final String KERNEL = "dev.gaugeblock.";
    private static final String SCORES =
            "| package | mutants | killed | of them by time | survive | score |\n| --- | --- | --- | --- | --- | --- |\n";
    private static final ReasonedTable TABLE = new ReasonedTable("mutants", mutants -> mutants + " mutants survive");

    /** Mutants that survive, or that no test reaches, by class and method. */
    final Map<String, Integer> surviving = new TreeMap<>();
    /** By package: mutants, those that a test noticed, and those of them that were noticed as they did not end. */
    private final Map<String, int[]> scores = new TreeMap<>();

    private CheckMutation() {}

    /** A report in the form {@code mutations.xml}, of the packages that were put to the tests. */
    static CheckMutation of(Path report) throws IOException, XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        CheckMutation mutation = new CheckMutation();
        XMLStreamReader xml = factory.createXMLStreamReader(Files.newInputStream(report));
        Map<String, String> mutant = new HashMap<>();
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "mutation" -> mutant.put("status", xml.getAttributeValue(null, "status"));
                case "mutatedClass" -> mutant.put("class", xml.getElementText());
                case "mutatedMethod" ->
                    mutation.count(
                            mutant.getOrDefault("class", ""), xml.getElementText(), mutant.getOrDefault("status", ""));
                default -> {
                    // What the page does not tell.
                }
            }
        }
        if (mutation.scores.isEmpty()) {
            throw new IllegalStateException(report + " has no mutant");
        }
        return mutation;
    }

    private void count(String subject, String method, String status) {
        String name = subject.replace(KERNEL, "").replaceAll("\\$.*", "");
        int[] score = scores.computeIfAbsent(name.substring(0, name.indexOf('.')), each -> new int[3]);
        score[0]++;
        switch (status) {
            case "KILLED", "MEMORY_ERROR", "RUN_ERROR" -> score[1]++;
            case "TIMED_OUT" -> {
                score[1]++;
                score[2]++;
            }
            case "SURVIVED", "NO_COVERAGE" ->
                surviving.merge(
                        name.replace('.', '/') + " " + method.replaceAll("lambda\\$(.*)\\$\\d+", "$1"),
                        1,
                        Integer::sum);
            default ->
                throw new IllegalStateException(
                        "status \"" + status + "\" of a mutant of " + subject + " is none that Pitest documents");
        }
    }

    private String scores() {
        StringBuilder table = new StringBuilder(SCORES);
        scores.forEach((name, score) -> table.append(String.format(
                Locale.ROOT,
                "| `%s` | %d | %d | %d | %d | %d %% |%n",
                name,
                score[0],
                score[1],
                score[2],
                score[0] - score[1],
                100 * score[1] / score[0])));
        return table.toString();
    }

    /** What the page does not say, or no reason is given for; in sentences. */
    List<String> findings(String page) {
        return new ArrayList<>(TABLE.differences(page, surviving));
    }

    /** The page with both tables anew. */
    String written(String page) {
        int begin = page.indexOf(SCORES);
        int end = page.indexOf("\n\n", begin) + 1;
        return TABLE.written(page.substring(0, begin) + scores() + page.substring(end), surviving);
    }

    /**
     * Arguments: the report and the page.
     *
     * @throws IllegalStateException if they differ
     */
    public static void main(String[] arguments) throws IOException, XMLStreamException {
        CheckMutation mutation = of(Path.of(arguments[0]));
        Path page = Path.of(arguments[1]);
        if (Boolean.getBoolean("gaugeblock.write")) {
            Files.writeString(page, mutation.written(Files.readString(page)));
        }
        List<String> findings = mutation.findings(Files.readString(page));
        if (!findings.isEmpty()) {
            throw new IllegalStateException(page + " is not what Pitest found:\n" + String.join("\n", findings));
        }
        System.out.println(
                page + ": " + mutation.surviving.size() + " methods in which mutants survive, each with a reason");
    }
}
