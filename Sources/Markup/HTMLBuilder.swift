/// Writes HTML: names and attributes are ours, all text is escaped.
package struct HTMLBuilder {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// An element with content.
    package mutating func element(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:],
        _ content: (inout HTMLBuilder) -> Void
    ) {
        open(name, attributes)
        content(&self)
        close(name)
    }

    /// An element that contains only text.
    package mutating func element(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], text: String
    ) {
        element(name, attributes) { $0.text(text) }
    }

    /// An element that is never closed in HTML, such as `meta`.
    package mutating func void(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>) {
        open(name, attributes)
    }

    /// The beginning of an element that ``close(_:)`` ends.
    package mutating func open(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:]) {
        bytes.append(UInt8(ascii: "<"))
        append(name)
        for (name, value) in attributes {
            bytes.append(UInt8(ascii: " "))
            append(name)
            append("=\"")
            text(value)
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(UInt8(ascii: ">"))
    }

    package mutating func close(_ name: StaticString) {
        append("</")
        append(name)
        append(">\n")
    }

    /// Text as it is read: no character of it is markup, and none controls the page.
    package mutating func text(_ text: String) {
        HTMLText.append(text, to: &bytes)
    }

    /// Markup of our own.
    package mutating func append(_ markup: StaticString) {
        markup.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Moves what has been written to `target`.
    package mutating func flush(to target: inout [UInt8]) {
        target.append(contentsOf: bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}
