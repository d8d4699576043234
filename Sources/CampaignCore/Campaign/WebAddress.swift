/// An address on the web, `http` or `https`, that can be sent to somebody else unchanged: RFC 3986 with a host, without
/// a user name or password.
package struct WebAddress: Hashable, Sendable {
    /// Why a text is not such an address. The text is omitted: it may contain a password.
    package enum Fault: Error, Hashable, CaseIterable, Sendable {
        /// It contains a space, or something else that must be written as `%20` is.
        case unencoded
        /// It is longer than ``WebAddress/longest``.
        case tooLong
        /// It does not begin with `https://` or `http://`.
        case otherScheme
        /// It has something before an `@` in front of the host.
        case userInfo
        /// It has no host, or one that is not a name or a number.
        case host
        /// Its port is not one.
        case port

        /// What is wrong, without a final period.
        package var message: Phrase {
            switch self {
            case .unencoded:
                Phrase(
                    "this address contains a space or another character that addresses never have",
                    "este endereço contém um espaço ou outro caractere que endereços nunca têm")
            case .tooLong:
                Phrase(
                    "this address is longer than \(WebAddress.longest) characters",
                    "este endereço tem mais de \(WebAddress.longest) caracteres")
            case .otherScheme:
                Phrase(
                    "this address begins with neither https:// nor http://",
                    "este endereço não começa com https:// nem com http://")
            case .userInfo:
                Phrase(
                    "this address contains a user name or password",
                    "este endereço contém um nome de usuário ou uma senha")
            case .host: Phrase("this address has no valid host", "este endereço não tem um servidor válido")
            case .port: Phrase("the port of this address is not valid", "a porta deste endereço não é válida")
            }
        }

        /// What to do about it, without a final period.
        package var remedy: Phrase {
            switch self {
            case .unencoded:
                Phrase(
                    "copy it from the address bar of a browser, which writes %20 for a space",
                    "copie-o da barra de endereços de um navegador, que escreve %20 no lugar de um espaço")
            case .tooLong: Phrase("use a shorter one", "use um mais curto")
            case .otherScheme: Phrase("begin it with https://", "comece-o com https://")
            case .userInfo: Phrase("remove everything up to the @", "remova tudo até o @")
            case .host:
                Phrase(
                    "write one such as https://example.com/audio.mp3", "escreva um como https://example.com/audio.mp3")
            case .port: Phrase("write a port from 1 to 65535", "escreva uma porta de 1 a 65535")
            }
        }
    }

    /// The longest address, in characters: what servers and proxies accept everywhere.
    package static let longest = 2048

    /// The address as it was written.
    package let text: String
    /// Whether it is `https`.
    package let isEncrypted: Bool
    /// The host in lower case: a name, an IPv4 address, or an IPv6 address in brackets.
    package let host: String

    /// Checks an address.
    package init(_ text: String) throws(Fault) {
        let bytes = Array(text.utf8)
        guard Self.isEncoded(bytes) else { throw .unencoded }
        guard bytes.count <= Self.longest else { throw .tooLong }
        let lowercase = bytes.map(Self.lowercased)
        let isEncrypted = lowercase.starts(with: "https://".utf8)
        guard isEncrypted || lowercase.starts(with: "http://".utf8) else { throw .otherScheme }
        let authority = lowercase.dropFirst(isEncrypted ? 8 : 7).prefix { !"/?#".utf8.contains($0) }
        guard !authority.contains(UInt8(ascii: "@")) else { throw .userInfo }
        let host = authority.first == UInt8(ascii: "[") ? Self.literal(authority) : Self.name(authority)
        guard let host else { throw .host }
        guard Self.isPort(authority.dropFirst(host.count)) else { throw .port }
        self.text = text
        self.isEncrypted = isEncrypted
        self.host = String(decoding: host, as: UTF8.self)
    }

    /// Characters that addresses consist of, and `%` only before two hexadecimal digits.
    private static func isEncoded(_ bytes: [UInt8]) -> Bool {
        for (index, byte) in bytes.enumerated() where !isAlphanumeric(byte) {
            guard byte == UInt8(ascii: "%") else {
                guard "-._~:/?#[]@!$&'()*+,;=".utf8.contains(byte) else { return false }
                continue
            }
            let digits = bytes[(index + 1)...].prefix(2)
            guard digits.count == 2, digits.allSatisfy(isHexadecimal) else { return false }
        }
        return true
    }

    /// The host at the start: a name, or an IPv4 address.
    private static func name(_ authority: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let name = authority.prefix { $0 != UInt8(ascii: ":") }
        guard let first = name.first, let last = name.last, isAlphanumeric(first), isAlphanumeric(last) else {
            return nil
        }
        let labels = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let areLabels = labels.allSatisfy { label in
            !label.isEmpty && label.allSatisfy { isAlphanumeric($0) || "-_".utf8.contains($0) }
        }
        return areLabels && name.count <= 253 ? name : nil
    }

    /// The IPv6 address in brackets at the start.
    private static func literal(_ authority: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let end = authority.firstIndex(of: UInt8(ascii: "]")) else { return nil }
        let inside = authority[authority.startIndex..<end].dropFirst()
        guard inside.contains(UInt8(ascii: ":")), inside.allSatisfy({ isHexadecimal($0) || ":.".utf8.contains($0) })
        else { return nil }
        return authority[...end]
    }

    /// Nothing, or a colon and a port.
    private static func isPort(_ rest: ArraySlice<UInt8>) -> Bool {
        guard rest.first == UInt8(ascii: ":") else { return rest.isEmpty }
        let digits = rest.dropFirst()
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return false }
        return Int(String(decoding: digits, as: UTF8.self)).map { (1...65_535).contains($0) } ?? false
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lowercased(byte))
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) && lowercased(byte) <= UInt8(ascii: "f")
    }
}
