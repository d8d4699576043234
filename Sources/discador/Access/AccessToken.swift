import CampaignCore
import Crypto

/// A secret that whoever has it is let in with: a token of the API, a session's cookie, or a one-time link.
struct AccessToken: Sendable, Equatable {
    /// What tokens of the API begin with, so that scanners for secrets and people recognize them.
    static let prefix = "dsc_"
    private static let byteCount = 32
    /// How long those are as base64url.
    private static let length = 43

    /// As it is handed out, once.
    let text: Secret

    /// - Parameter randomBytes: from a cryptographic source.
    init(randomBytes: [UInt8] = SystemEnvironment.randomBytes(byteCount)) {
        text = Secret(Self.prefix + Base64URL.text(randomBytes))
    }

    /// A token that was handed in; nil for what has another form.
    init?(_ text: some StringProtocol) {
        guard text.hasPrefix(Self.prefix), text.utf8.count == Self.prefix.utf8.count + Self.length,
            Base64URL.isText(text.dropFirst(Self.prefix.count))
        else { return nil }
        self.text = Secret(String(text))
    }

    /// What is stored instead of it, SHA-256: a token has too many random bits to be guessed from that.
    var hash: [UInt8] { Array(SHA256.hash(data: Array(text.reveal().utf8))) }

    /// Compares in a time that does not tell where they differ.
    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
