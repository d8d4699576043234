package import CampaignCore
import Crypto
import Foundation

/// What messages are signed with, so that their receiver knows that they come from here and are whole: HMAC-SHA256 over
/// id, time and body (Standard Webhooks 1.0.0, standardwebhooks.com, read 2026).
package struct SigningKey: Sendable {
    private static let prefix = "whsec_"
    private static let sizes = 24...64

    private let bytes: Secret

    /// Nil when it is not `whsec_` and 24 to 64 bytes in base64.
    package init?(_ secret: Secret) {
        let text = secret.reveal()
        guard text.hasPrefix(Self.prefix), let bytes = Data(base64Encoded: String(text.dropFirst(Self.prefix.count))),
            Self.sizes.contains(bytes.count)
        else { return nil }
        self.bytes = Secret(bytes.base64EncodedString())
    }

    /// The value of `webhook-signature`.
    ///
    /// - Parameters:
    ///   - seconds: the time of the attempt since 1970, as in `webhook-timestamp`.
    ///   - body: what is posted, byte for byte.
    func signature(id: String, seconds: Int64, body: [UInt8]) -> String {
        let key = SymmetricKey(data: Data(base64Encoded: bytes.reveal()) ?? Data())
        let signed = Array("\(id).\(seconds).".utf8) + body
        return "v1," + Data(HMAC<SHA256>.authenticationCode(for: signed, using: key)).base64EncodedString()
    }
}
