package import CampaignCore
import Crypto

/// The secret part of an address: whoever knows it may send events of its instance.
package struct WebhookToken: Sendable, Equatable {
    /// How many random bytes it is made of.
    package static let byteCount = 32
    /// How long those are as base64url without padding (RFC 4648, section 5).
    static let length = 43

    /// As it stands in the address.
    package let text: Secret

    /// - Parameter randomBytes: from a cryptographic source; nil unless there are exactly `byteCount`.
    package init?(randomBytes: [UInt8]) {
        guard randomBytes.count == Self.byteCount else { return nil }
        text = Secret(Self.base64URL(randomBytes))
    }

    /// A token that is written in an address; nil for what has another form.
    init?(_ text: some StringProtocol) {
        guard text.utf8.count == Self.length, text.utf8.allSatisfy(Self.alphabet.contains) else { return nil }
        self.text = Secret(String(text))
    }

    /// What is stored instead of the token.
    package var hash: [UInt8] { Self.hash(of: text.reveal().utf8) }

    /// SHA-256 of a token as it stands in an address.
    static func hash(of text: some Sequence<UInt8>) -> [UInt8] { Array(SHA256.hash(data: Array(text))) }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    private static func base64URL(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var (bits, count) = (0, 0)
        for byte in bytes {
            bits = bits << 8 | Int(byte)
            count += 8
            while count >= 6 {
                count -= 6
                text.append(alphabet[bits >> count & 63])
            }
            bits &= (1 << count) - 1
        }
        if count > 0 { text.append(alphabet[bits << (6 - count) & 63]) }
        return String(decoding: text, as: UTF8.self)
    }
}
