package import CampaignCore

/// The beginning of the addresses that Z-API is told: where the listener is reached from outside.
package struct PublicURL: Equatable, Sendable {
    /// Without a slash at its end, such as `https://example.com/calls`.
    package let text: String

    /// Z-API refuses anything but HTTPS; plain HTTP is for the simulator on this machine.
    package init(_ text: String) throws(PublicURLError) {
        guard let scheme = ["https://", "http://"].first(where: { text.lowercased().hasPrefix($0) }) else {
            throw .notHTTPS
        }
        let rest = text.dropFirst(scheme.count)
        guard !rest.contains("@") else { throw .credentials }
        guard !rest.contains("?"), !rest.contains("#") else { throw .query }
        let path = rest.firstIndex(of: "/").map { rest[$0...] } ?? ""
        guard let host = Self.host(of: rest.dropLast(path.count)) else { throw .noHost }
        guard scheme == "https://" || Self.isLoopback(host) else { throw .notHTTPS }
        guard path.utf8.allSatisfy(Self.isPathByte), !path.contains("//") else { throw .path }
        guard text.utf8.count <= 1_000 else { throw .tooLong }
        let kept = scheme + rest.dropLast(path.count).lowercased() + path
        self.text = kept.hasSuffix("/") ? String(kept.dropLast()) : kept
    }

    /// Whether a host is this machine, whatever its name service says.
    static func isLoopback(_ host: String) -> Bool {
        guard host.hasPrefix("127.") else { return ["localhost", "::1"].contains(host.lowercased()) }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }

    /// The host in `host`, `host:port` or `[::1]:port`; nil for anything else.
    private static func host(of authority: Substring) -> String? {
        var host = authority
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[authority.index(after: authority.startIndex)..<end]
            let port = authority[authority.index(after: end)...]
            guard port.isEmpty || isPort(port) else { return nil }
            guard host.contains(":"), host.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else { return nil }
            return String(host)
        }
        if let colon = authority.firstIndex(of: ":") {
            guard isPort(authority[colon...]) else { return nil }
            host = authority[..<colon]
        }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        let isName = labels.allSatisfy { label in
            !label.isEmpty && label.utf8.count <= 63 && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
        }
        return isName && host.utf8.count <= 253 ? String(host) : nil
    }

    private static func isPort(_ text: Substring) -> Bool {
        let digits = text.dropFirst()
        guard text.hasPrefix(":"), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
        return UInt16(digits).map { $0 > 0 } ?? false
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    private static func isPathByte(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || "/-._~".utf8.contains(byte)
    }
}

/// Why an address cannot be told to Z-API. The address itself is in no message: it may hold a secret.
package enum PublicURLError: Error, Equatable, Explained {
    case notHTTPS, credentials, query, noHost, path, tooLong

    /// What is wrong and what would be right.
    package var phrase: Phrase {
        switch self {
        case .notHTTPS:
            Phrase(
                "the public address must begin with https://, such as https://example.com: Z-API refuses anything else "
                    + "(http:// is possible only to this machine, for the simulator).",
                "o endereço público deve começar com https://, como https://example.com: a Z-API recusa qualquer outro "
                    + "(http:// só é possível para esta máquina, para o simulador).")
        case .credentials:
            Phrase(
                "the public address contains an @: leave out user and password.",
                "o endereço público contém um @: deixe usuário e senha de fora.")
        case .query:
            Phrase(
                "the public address contains a ? or #: leave out what follows it.",
                "o endereço público contém um ? ou #: deixe de fora o que vem depois.")
        case .noHost:
            Phrase(
                "the public address has no valid host: write it as https://example.com or https://example.com:8443.",
                "o endereço público não tem um servidor válido: escreva-o como https://example.com ou https://example.com:8443."
            )
        case .path:
            Phrase(
                "the path of the public address may contain only letters, digits, - . _ ~ and single slashes: choose another.",
                "o caminho do endereço público só pode ter letras, dígitos, - . _ ~ e barras simples: escolha outro.")
        case .tooLong:
            Phrase(
                "the public address is longer than 1000 characters: choose a shorter one.",
                "o endereço público tem mais de 1000 caracteres: escolha um mais curto.")
        }
    }
}
