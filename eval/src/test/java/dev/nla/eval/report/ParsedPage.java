package dev.nla.eval.report;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A page as it is understood: pages are well-formed XML, and a parser of XML forgives nothing.
 *
 * @param root its outermost element
 */
record ParsedPage(Element root) {
    static ParsedPage of(String html) {
        try {
            Document page = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(html)));
            return new ParsedPage(page.getDocumentElement());
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError("not well-formed: " + e.getMessage() + "\n" + html, e);
        }
    }

    /** What is read on it. */
    String text() {
        return elements("body").get(0).getTextContent();
    }

    List<Element> elements(String name) {
        return elements(root, name);
    }

    static List<Element> elements(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    /** Every element, attribute and text from top to bottom, a line each. */
    List<String> outline() {
        List<String> lines = new ArrayList<>();
        outline(root, "", lines);
        return lines;
    }

    private static void outline(Node node, String path, List<String> lines) {
        String own = path + "/" + node.getNodeName();
        String text = Objects.toString(node.getNodeValue(), "").strip();
        if (node.getNodeType() != Node.TEXT_NODE || !text.isEmpty()) {
            lines.add(own + " " + text);
        }
        NamedNodeMap attributes = node.getAttributes();
        for (int i = 0; attributes != null && i < attributes.getLength(); i++) {
            lines.add(own + "@" + attributes.item(i).getNodeName() + " "
                    + attributes.item(i).getNodeValue());
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            outline(child, own, lines);
        }
    }
}
