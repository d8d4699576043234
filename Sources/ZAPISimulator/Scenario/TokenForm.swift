import Foundation

/// How an instance's token is written in a response that leaks it, as careless services and gateways do.
package enum TokenForm: String, CaseIterable, Codable, Sendable {
    /// Unchanged.
    case plain
    /// `%74`, and with the percent signs encoded once more: `%2574`.
    case percent, percentTwice
    /// `%u0074`.
    case percentU
    /// `&#000116;`.
    case entities
    /// `\u0074`.
    case escapes
    /// `746f6b`.
    case hex
    case base64
    /// With a line end, a space or an invisible character after each character.
    case lines, blanks, zeroWidth

    func written(_ token: String) -> String {
        switch self {
        case .plain: token
        case .percent: Self.each(token) { "%\(Self.hex($0))" }
        case .percentTwice: Self.each(token) { "%25\(Self.hex($0))" }
        case .percentU: Self.each(token) { "%u00\(Self.hex($0))" }
        case .entities: Self.each(token) { "&#000\($0);" }
        case .escapes: Self.each(token) { #"\u00"# + Self.hex($0) }
        case .hex: Self.each(token, Self.hex)
        case .base64: Data(token.utf8).base64EncodedString()
        case .lines: token.map(String.init).joined(separator: "\n")
        case .blanks: token.map(String.init).joined(separator: " ")
        case .zeroWidth: token.map(String.init).joined(separator: "\u{200B}")
        }
    }

    private static func each(_ token: String, _ write: (UInt8) -> String) -> String {
        token.utf8.map(write).joined()
    }

    private static func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}
