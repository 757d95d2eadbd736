package dev.gaugeblock.report.form;

import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.result.Run;
import dev.gaugeblock.report.result.ToolVersion;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Results as JUnit XML, which build servers read: a test case for each that was judged, with its folder for a class.
 * What is violated or unexpected is a failure; where nothing was shown, an input cannot be read or the run is not
 * finished, an error; what there is nothing to judge about is skipped.
 */
public final class JUnitForm {
    private JUnitForm() {}

    /** The report's text. */
    public static String text(Run run) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            suite(xml, run);
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a text in memory cannot be written", e);
        }
        return text.toString();
    }

    private static void suite(XMLStreamWriter xml, Run run) throws XMLStreamException {
        int unfinished = run.isFinished() ? 0 : 1;
        int failures = 0;
        int skipped = run.count(Conclusion.NOT_JUDGED);
        for (Case judged : run.cases()) {
            failures += judged.conclusion().isWrong() ? 1 : 0;
        }
        int errors = run.cases().size() - failures - skipped - run.count(Conclusion.HOLDS) + unfinished;
        xml.writeStartElement("testsuite");
        attribute(xml, "name", "gaugeblock " + run.command());
        attribute(xml, "tests", Integer.toString(run.cases().size() + unfinished));
        attribute(xml, "failures", Integer.toString(failures));
        attribute(xml, "errors", Integer.toString(errors));
        attribute(xml, "skipped", Integer.toString(skipped));
        attribute(xml, "time", seconds(run.cases().stream().map(Case::time).reduce(Duration.ZERO, Duration::plus)));
        properties(xml, run);
        if (unfinished > 0) {
            line(xml, "  ");
            xml.writeStartElement("testcase");
            attribute(xml, "classname", "gaugeblock");
            attribute(xml, "name", "run");
            attribute(xml, "time", seconds(Duration.ZERO));
            xml.writeEmptyElement("error");
            attribute(xml, "type", "UNFINISHED");
            attribute(xml, "message", run.unfinished());
            xml.writeEndElement();
        }
        for (Case judged : run.cases()) {
            testCase(xml, judged, run.command());
        }
        line(xml, "");
        xml.writeEndElement();
    }

    private static void properties(XMLStreamWriter xml, Run run) throws XMLStreamException {
        line(xml, "  ");
        xml.writeStartElement("properties");
        property(xml, "gaugeblock.version", ToolVersion.text());
        for (Map.Entry<String, String> setting : run.settings().entrySet()) {
            property(xml, "gaugeblock." + setting.getKey(), setting.getValue());
        }
        line(xml, "  ");
        xml.writeEndElement();
    }

    private static void property(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        line(xml, "    ");
        xml.writeEmptyElement("property");
        attribute(xml, "name", name);
        attribute(xml, "value", value);
    }

    private static void testCase(XMLStreamWriter xml, Case judged, String command) throws XMLStreamException {
        Conclusion conclusion = judged.conclusion();
        line(xml, "  ");
        xml.writeStartElement("testcase");
        attribute(xml, "classname", className(judged.place().folder(), command));
        attribute(xml, "name", judged.name());
        attribute(xml, "time", seconds(judged.time()));
        if (conclusion == Conclusion.NOT_JUDGED) {
            xml.writeEmptyElement("skipped");
            attribute(xml, "message", judged.reason());
        } else if (conclusion != Conclusion.HOLDS) {
            xml.writeStartElement(conclusion.isWrong() ? "failure" : "error");
            attribute(xml, "type", conclusion.id().toUpperCase(Locale.ROOT));
            attribute(xml, "message", judged.reason());
            xml.writeCharacters(visible(String.join("\n", judged.text())));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    /**
     * The folder, as readers expect a class: they split it at dots, and show what stands before the last as a package.
     */
    private static String className(String folder, String command) {
        StringBuilder name = new StringBuilder("gaugeblock.").append(command);
        for (String part : folder.split("/")) {
            if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
                name.append('.').append(part.replace('.', '_'));
            }
        }
        return name.toString();
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, visible(value));
    }

    private static void line(XMLStreamWriter xml, String indent) throws XMLStreamException {
        xml.writeCharacters("\n" + indent);
    }

    /** XML cannot hold most control characters, nor halves of characters, in any spelling: they are spelt out. */
    private static String visible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(each -> {
            boolean isText = each == '\n' || each == '\t' || each >= ' ' && each < 0x7f || each > 0x9f;
            if (isText && each != 0xfffe && each != 0xffff && (each < 0xd800 || each > 0xdfff)) {
                visible.appendCodePoint(each);
            } else {
                visible.append(String.format(Locale.ROOT, "\\u%04x", each));
            }
        });
        return visible.toString();
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
    }
}
