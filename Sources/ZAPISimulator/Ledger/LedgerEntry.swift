import Foundation

/// One line of the simulator's ledger: a request it received, a held call that rang when its instance reconnected, or a
/// webhook that it sent.
///
/// It never contains a token, or an address of Z-API's or of a webhook. In the file, keys with nil values are omitted.
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
    /// rang on reconnection; `webhook` for one that was sent; `unknown` for a path that is not documented.
    package var endpoint: String
    /// The phone of a send-call, as sent.
    package var phone: String?
    /// Seconds the call was to ring, with the default filled in.
    package var callDuration: Int?
    /// The audio that the call was to play, as sent.
    package var callAudioUrl: String?
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
    /// What became of the call, where the webhooks tell it.
    package var disposition: Disposition?
    /// The `type` of a webhook that was sent; then the endpoint is `webhook`, `httpStatus` what the receiver answered
    /// (nil: nothing, in time), `at` when it did, and `zaapId` the call's.
    package var webhook: String?
    /// What a webhook says beyond its type: a notification, a status, `error`, or `text`, `audio` or `button`.
    package var event: String?
    /// What went wrong on purpose.
    package var fault: WebhookFault?
    /// What a webhook says whenever it is sent, in a form that ``WebhookContent`` also gives for a body that was
    /// received: the same for repeats, and different for every other webhook.
    package var content: String?
    /// Why a webhook has no `httpStatus`.
    package var noAnswer: MissingAnswer?

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
