package dev.gaugeblock.report;

import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** An exploration run as JUnit XML, which build servers read: a test case for each litmus test. */
public final class JUnitReport {
    private JUnitReport() {}

    /**
     * The report's text. A test that is violated or unexpected is a failure; one that is bounded or broken is an error,
     * for nothing was shown; and so is an input that cannot be read, and a run that is not finished.
     */
    public static String text(RunSoFar run) {
        List<Exploration> ended = run.ended();
        int unread = run.unreadable().size();
        int unfinished = run.isFinished() ? 0 : 1;
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "gaugeblock explore");
            xml.writeAttribute("tests", Integer.toString(ended.size() + unread + unfinished));
            xml.writeAttribute("failures", Long.toString(count(ended, true)));
            xml.writeAttribute("errors", Long.toString(count(ended, false) + unread + unfinished));
            xml.writeAttribute(
                    "time",
                    seconds(ended.stream()
                            .mapToLong(exploration -> exploration.time().toNanos())
                            .sum()));
            if (unfinished > 0) {
                error(xml, "run", "UNFINISHED", run.unfinished());
            }
            for (String line : run.unreadable()) {
                error(xml, "input", "UNREADABLE", line);
            }
            for (Exploration exploration : ended) {
                testCase(xml, exploration);
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a text in memory cannot be written", e);
        }
        return text.toString();
    }

    private static void error(XMLStreamWriter xml, String name, String type, String message) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "gaugeblock");
        xml.writeAttribute("name", name);
        xml.writeEmptyElement("error");
        xml.writeAttribute("type", type);
        xml.writeAttribute("message", message);
        xml.writeEndElement();
    }

    private static long count(List<Exploration> explorations, boolean wrong) {
        return explorations.stream()
                .filter(exploration -> exploration.verdict() != Verdict.HOLDS
                        && exploration.verdict().isWrong() == wrong)
                .count();
    }

    private static void testCase(XMLStreamWriter xml, Exploration exploration) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "litmus");
        xml.writeAttribute("name", exploration.test().name());
        xml.writeAttribute("time", seconds(exploration.time().toNanos()));
        if (exploration.verdict() != Verdict.HOLDS) {
            xml.writeStartElement(exploration.verdict().isWrong() ? "failure" : "error");
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
