package dev.gaugeblock.report;

import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** An exploration run as JUnit XML, which build servers read: a test case for each litmus test. */
public final class JUnitReport {
    private JUnitReport() {}

    /** Writes the file. A violated test is a failure; one that is bounded or broken is an error, for nothing was shown. */
    public static void write(Path file, List<Exploration> explorations) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(writer);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "gaugeblock explore");
            xml.writeAttribute("tests", Integer.toString(explorations.size()));
            xml.writeAttribute("failures", Long.toString(count(explorations, true)));
            xml.writeAttribute("errors", Long.toString(count(explorations, false)));
            xml.writeAttribute(
                    "time",
                    seconds(explorations.stream()
                            .mapToLong(exploration -> exploration.time().toNanos())
                            .sum()));
            for (Exploration exploration : explorations) {
                testCase(xml, exploration);
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static long count(List<Exploration> explorations, boolean violated) {
        return explorations.stream()
                .filter(exploration -> exploration.verdict() != Verdict.HOLDS
                        && (exploration.verdict() == Verdict.VIOLATED) == violated)
                .count();
    }

    private static void testCase(XMLStreamWriter xml, Exploration exploration) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "litmus");
        xml.writeAttribute("name", exploration.test().name());
        xml.writeAttribute("time", seconds(exploration.time().toNanos()));
        if (exploration.verdict() != Verdict.HOLDS) {
            xml.writeStartElement(exploration.verdict() == Verdict.VIOLATED ? "failure" : "error");
            xml.writeAttribute("type", exploration.verdict().toString());
            xml.writeAttribute("message", exploration.reason());
            xml.writeCharacters(details(exploration));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String details(Exploration exploration) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        exploration
                .counterexample()
                .ifPresentOrElse(
                        shown -> new CounterexampleTable(shown)
                                .print(out, exploration.test().file()),
                        () -> exploration.outcomeLines().forEach(out::println));
        out.flush();
        return text.toString();
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e9);
    }
}
