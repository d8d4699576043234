import CampaignCore
import Foundation
import SourceCommit

/// The shape of all documents that programs read.
enum JSONFormat {
    /// The number at the top of every document. It grows only if a key goes, or means something else; new keys may come
    /// at any time.
    static let version = 1

    /// A document as it is printed.
    static func document(_ value: some Encodable, onOneLine: Bool = false) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting =
            onOneLine
            ? [.sortedKeys, .withoutEscapingSlashes] : [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return escaped(try encoder.encode(value))
    }

    /// With escapes for what could control a terminal, or change the direction of what stands around it: documents are
    /// looked at, too. Line ends between the values stay.
    private static func escaped(_ document: Data) -> Data {
        guard !document.allSatisfy({ $0 < 0x7F }) else { return document }
        var text = String.UnicodeScalarView()
        for scalar in String(decoding: document, as: UTF8.self).unicodeScalars {
            guard scalar.value >= 0x7F, scalar.isUnfit else {
                text.append(scalar)
                continue
            }
            for unit in String(scalar).utf16 {
                let digits = String(unit, radix: 16)
                let escape = "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                text.append(contentsOf: escape.unicodeScalars)
            }
        }
        return Data(String(text).utf8)
    }
}

/// An object with `"version"` among its keys.
struct JSONDocument<Content: Encodable>: Encodable {
    private enum CodingKeys: CodingKey {
        case version
    }

    /// Must encode itself as an object.
    let content: Content

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(JSONFormat.version, forKey: .version)
        try content.encode(to: encoder)
    }
}

/// Several documents of one kind as one: `{"campaigns": [ … ]}`.
struct JSONList<Element: Encodable>: Encodable {
    private struct Key: CodingKey {
        let stringValue: String
        let intValue: Int? = nil

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private let key: Key
    private let elements: [Element]

    /// - Parameter name: what the elements are, such as `campaigns`.
    init(_ elements: [Element], named name: String) {
        key = Key(stringValue: name)
        self.elements = elements
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(elements, forKey: key)
    }
}

/// Which program this is, as a document.
struct VersionDocument: Encodable {
    var programVersion = Discador.version
    var sourceCommit = SourceCommit.short()
}

/// An error as a document.
struct ErrorDocument: Encodable {
    var error: String
    var exitCode: Int32
}

extension Timestamp {
    /// As in every document: ISO 8601 with milliseconds and the offset of a zone, that of this machine unless another
    /// one is named.
    func json(in zone: TimeZone = .current) -> String {
        iso8601(utcOffset: zone.utcOffset(at: self), withMilliseconds: true)
    }
}
