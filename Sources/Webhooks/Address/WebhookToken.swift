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
        text = Secret(Base64URL.text(randomBytes))
    }

    /// A token that is written in an address; nil for what has another form.
    init?(_ text: some StringProtocol) {
        guard text.utf8.count == Self.length, Base64URL.isText(text) else { return nil }
        self.text = Secret(String(text))
    }

    /// What is stored instead of the token.
    package var hash: [UInt8] { Self.hash(of: text.reveal().utf8) }

    /// SHA-256 of a token as it stands in an address.
    static func hash(of text: some Sequence<UInt8>) -> [UInt8] { Array(SHA256.hash(data: Array(text))) }
}
