/// A piece of HTML, written as a literal: what is interpolated is text and is escaped, unless it is HTML itself.
///
///     let card: HTML = "<h2>\(campaign.name)</h2><p class=\"soft\">\(sentence)</p>"
///
/// Values within attributes are escaped too, and stand in double quotes. A name of an element or an attribute is never
/// interpolated.
package struct HTML: Sendable, Hashable {
    package private(set) var bytes: [UInt8]

    package init() { bytes = [] }

    /// Nothing but text.
    package init(text: String) {
        bytes = []
        HTMLText.append(text, to: &bytes)
    }

    /// What a builder has written.
    package init(_ builder: HTMLBuilder) { bytes = builder.bytes }

    package var isEmpty: Bool { bytes.isEmpty }

    package static func + (left: HTML, right: HTML) -> HTML {
        var sum = left
        sum.bytes.append(contentsOf: right.bytes)
        return sum
    }

    package static func += (left: inout HTML, right: HTML) { left.bytes.append(contentsOf: right.bytes) }
}

extension HTML: ExpressibleByStringInterpolation {
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var bytes: [UInt8] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        /// Markup of our own.
        package mutating func appendLiteral(_ literal: String) { bytes.append(contentsOf: literal.utf8) }

        package mutating func appendInterpolation(_ text: String) { HTMLText.append(text, to: &bytes) }
        package mutating func appendInterpolation(_ number: Int) { bytes.append(contentsOf: "\(number)".utf8) }
        package mutating func appendInterpolation(_ html: HTML) { bytes.append(contentsOf: html.bytes) }
        /// Nothing where there is none.
        package mutating func appendInterpolation(_ html: HTML?) {
            if let html { bytes.append(contentsOf: html.bytes) }
        }
        package mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { appendInterpolation(part) } }
        /// An attribute without a value, such as `checked`, where the condition is true.
        package mutating func appendInterpolation(attribute name: StaticString, if isSet: Bool) {
            guard isSet else { return }
            bytes.append(UInt8(ascii: " "))
            name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        }
    }

    package init(stringLiteral value: String) { bytes = Array(value.utf8) }
    package init(stringInterpolation: StringInterpolation) { bytes = stringInterpolation.bytes }
}
