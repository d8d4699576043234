import Crypto

/// A strong validator of a document (RFC 9110, 8.8.3).
struct EntityTag: Equatable {
    /// As it stands in the header, with its quotes.
    let text: String

    /// Of a document by its bytes.
    init(ofDocument bytes: [UInt8]) {
        text = "\"\(SessionToken.hexadecimal(SHA256.hash(data: bytes).prefix(12)))\""
    }

    /// Of a document that stays the same as long as the database does.
    ///
    /// - Parameter view: what makes a difference besides the address, such as masked phones.
    init(ofVersion version: String, seenAs view: String) {
        let hash = SHA256.hash(data: Array("\(version)\n\(view)".utf8))
        text = "\"\(SessionToken.hexadecimal(hash.prefix(12)))\""
    }

    /// Whether an `If-None-Match` header names it, so that nothing need be sent (RFC 9110, 13.1.2).
    func isNamed(by header: String?) -> Bool {
        guard let header else { return false }
        return header.split(separator: ",").contains { part in
            let part = part.drop { $0 == " " || $0 == "\t" }
            let candidate = part.hasPrefix("W/") ? part.dropFirst(2) : part
            let end = candidate.lastIndex { $0 != " " && $0 != "\t" }
            return part == "*" || end.map { candidate[...$0] == text } ?? false
        }
    }
}
