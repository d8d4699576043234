/// A JSON value (RFC 8259) as it was written.
///
/// `JSONDecoder` hides what matters where a body comes from outside: names that occur twice, and the digits of a large
/// number.
package enum JSON: Equatable, Sendable {
    /// A name and its value.
    package struct Member: Equatable, Sendable {
        package var name: String
        package var value: JSON

        package init(name: String, value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// In the order of the text, also those that occur twice.
    case object([Member])
    case list([JSON])
    /// A string, without its escapes.
    case text(String)
    /// A number, digit by digit.
    case number(String)
    case truth(Bool)
    case null

    /// Nil when `bytes` are not exactly one complete value, or nest more deeply than 64 levels. Bytes that are not UTF-8
    /// are read as U+FFFD.
    package init?(_ bytes: ArraySlice<UInt8>) {
        var scanner = JSONScanner(bytes)
        guard let value = try? scanner.document() else { return nil }
        self = value
    }

    /// Whether an object anywhere in it has two members of the same name, so that it can be read in two ways.
    package var hasRepeatedNames: Bool {
        switch self {
        case .object(let members):
            Set(members.map(\.name)).count < members.count || members.contains { $0.value.hasRepeatedNames }
        case .list(let values):
            values.contains { $0.hasRepeatedNames }
        case .text, .number, .truth, .null:
            false
        }
    }

    /// It as JSON, without spaces.
    package var bytes: [UInt8] {
        var written: [UInt8] = []
        write(to: &written)
        return written
    }

    private func write(to bytes: inout [UInt8]) {
        switch self {
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.write(member.name, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        case .list(let values):
            bytes.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .text(let text): Self.write(text, to: &bytes)
        case .number(let digits): bytes += digits.utf8
        case .truth(let truth): bytes += "\(truth)".utf8
        case .null: bytes += "null".utf8
        }
    }

    private static func write(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20: bytes += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
