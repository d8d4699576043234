import Crypto

/// What a browser's cookie holds: 32 random bytes, of which only a hash is kept.
struct SessionToken: Sendable {
    static let byteCount = 32
    /// How long a session lasts, in seconds.
    static let lifetime: Int64 = 12 * 3_600

    /// As it stands in the cookie: 64 hexadecimal digits.
    let text: String

    init(randomBytes: [UInt8]) { text = Self.hexadecimal(randomBytes) }

    /// What a cookie says; nil for what has another form.
    init?(_ text: some StringProtocol) {
        guard text.utf8.count == Self.byteCount * 2,
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        self.text = String(text)
    }

    /// What is kept, and looked for: whoever reads it cannot sign in with it.
    var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

    /// What the forms of this session carry: nobody can make one from the other.
    var formToken: String {
        let key = SymmetricKey(data: Array(text.utf8))
        return Self.hexadecimal(HMAC<SHA256>.authenticationCode(for: Array("form".utf8), using: key))
    }

    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The hash of a secret that came in an address or a header.
    static func hash(of text: some StringProtocol) -> [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}
