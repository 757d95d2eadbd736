package dev.gaugeblock.artefacts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Holds {@code docs/coverage.md} against JaCoCo's report: each line of the kernel packages that no test reaches stands
 * there with a reason, and each package keeps to the goal. With {@code gaugeblock.write} the list is made anew, and
 * keeps the reasons that it has.
 */
final class CheckCoverage {
    /** Of a package's lines and branches, in percent. */
    static final int LINES = 97;

    static final int BRANCHES = 92;
    private static final ReasonedTable TABLE =
            new ReasonedTable("lines", lines -> "no test reaches " + lines + " lines");

    /** Lines that are missed, by class and method, as in {@code mm/Node} and {@code zonelist}. */
    final Map<String, Integer> missed = new TreeMap<>();
    /** By package and kind of counter, missed and reached. */
    private final Map<String, int[]> totals = new TreeMap<>();

    private CheckCoverage() {}

    /** A report in the form {@code jacoco.xml}. */
    static CheckCoverage of(Path report) throws IOException, XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        CheckCoverage coverage = new CheckCoverage();
        XMLStreamReader xml = factory.createXMLStreamReader(Files.newInputStream(report));
        List<String> path = new ArrayList<>();
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                path.add(xml.getLocalName() + " " + xml.getAttributeValue(null, "name"));
                if (xml.getLocalName().equals("counter")) {
                    coverage.count(path, xml);
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                path.remove(path.size() - 1);
            }
        }
        return coverage;
    }

    private void count(List<String> path, XMLStreamReader xml) {
        String owner = path.get(path.size() - 2);
        String type = xml.getAttributeValue(null, "type");
        int out = Integer.parseInt(xml.getAttributeValue(null, "missed"));
        int in = Integer.parseInt(xml.getAttributeValue(null, "covered"));
        if (owner.startsWith("method ") && type.equals("LINE") && out > 0) {
            String subject = path.get(path.size() - 3).split(" ")[1].replaceAll("\\$.*", "");
            String method = owner.split(" ")[1].replaceAll("lambda\\$(.*)\\$\\d+", "$1");
            missed.merge(subject.replace("dev/gaugeblock/", "") + " " + method, out, Integer::sum);
        } else if (owner.startsWith("package ")) {
            totals.put(owner.split(" ")[1].replace("dev/gaugeblock/", "") + " " + type, new int[] {out, in});
        }
    }

    /** What the page does not say, or no reason is given for, and packages that are short of the goal; in sentences. */
    List<String> findings(String page) {
        List<String> findings = new ArrayList<>(TABLE.differences(page, missed));
        totals.forEach((name, counts) -> {
            int goal = name.endsWith(" LINE") ? LINES : name.endsWith(" BRANCH") ? BRANCHES : 0;
            if (100L * counts[1] < (long) goal * (counts[0] + counts[1])) {
                findings.add(name + ": " + counts[1] + " of " + (counts[0] + counts[1]) + " reached, less than " + goal
                        + " %");
            }
        });
        return findings;
    }

    /** The page with a row for each method, and for those that it had no row for a reason to be given. */
    String written(String page) {
        return TABLE.written(page, missed);
    }

    /**
     * Arguments: the report and the page.
     *
     * @throws IllegalStateException if they differ
     */
    public static void main(String[] arguments) throws IOException, XMLStreamException {
        CheckCoverage coverage = of(Path.of(arguments[0]));
        Path page = Path.of(arguments[1]);
        if (Boolean.getBoolean("gaugeblock.write")) {
            Files.writeString(page, coverage.written(Files.readString(page)));
        }
        List<String> findings = coverage.findings(Files.readString(page));
        if (!findings.isEmpty()) {
            throw new IllegalStateException(page + " is not what JaCoCo found:\n" + String.join("\n", findings));
        }
        System.out.println(
                page + ": " + coverage.missed.size() + " methods with lines that no test reaches, each with a reason");
    }
}
