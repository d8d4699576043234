import Foundation

/// One line of the simulator's ledger: a request it received, or a held call that rang when its instance reconnected.
///
/// It never contains a token or a URL. In the file, keys with nil values are omitted.
package struct LedgerEntry: Codable, Sendable, Equatable {
    /// Position in the ledger, from 1.
    package var sequence: Int
    /// Milliseconds since 1970, UTC.
    package var at: Int64
    /// The instance the request was for; nil when the path named no instance that exists.
    package var instance: String?
    /// HTTP verb; nil for a ring that no request caused.
    package var method: String?
    /// The last part of the path as documented, such as `send-call` or `queue/{zaapId}`; `ring` for a held call that
    /// rang on reconnection; `unknown` for a path that is not documented.
    package var endpoint: String
    /// The phone of a send-call, as sent.
    package var phone: String?
    /// Seconds the call was to ring, with the default filled in.
    package var callDuration: Int?
    /// The behavior chosen for this call; nil when the request was refused before that.
    package var behavior: Behavior?
    /// HTTP status of the reply; nil when no byte of a reply was sent.
    package var httpStatus: Int?
    /// Whether the phone rang because of this entry.
    package var rang: Bool
    /// Whether the call was held for an instance that is disconnected.
    package var queued: Bool
    /// Z-API's id of the call; nil when it was not accepted.
    package var zaapId: String?
    /// WhatsApp's id of the call; nil when it was not accepted.
    package var messageId: String?

    init(at: Int64, instance: String? = nil, method: String?, endpoint: String) {
        self.sequence = 0
        self.at = at
        self.instance = instance
        self.method = method
        self.endpoint = endpoint
        self.rang = false
        self.queued = false
    }

    /// How often each phone rang in `entries`.
    package static func ringsByPhone(in entries: some Sequence<LedgerEntry>) -> [String: Int] {
        entries.reduce(into: [:]) { rings, entry in
            guard entry.rang, let phone = entry.phone else { return }
            rings[phone, default: 0] += 1
        }
    }

    /// Reads the entries of a ledger file, without an unfinished last line.
    ///
    /// - Throws: Foundation's error for a file that cannot be read, and `DecodingError` for a line that is not an
    ///   entry.
    package static func read(fileAt path: String) throws -> [LedgerEntry] {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
        let decoder = JSONDecoder()
        return try bytes[..<end].split(separator: UInt8(ascii: "\n")).map {
            try decoder.decode(LedgerEntry.self, from: Data($0))
        }
    }
}
