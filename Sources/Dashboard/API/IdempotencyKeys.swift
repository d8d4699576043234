import CampaignCore
import Crypto
import HTTPTypes
import NIOConcurrencyHelpers

/// The same request, sent again with the same `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header), gets the
/// first one's reply and does nothing more.
final class IdempotencyKeys: Sendable {
    private static let longest = 255

    /// What becomes of a request whose first try was cut off, so that nobody knows what it has done.
    enum Repetition: Sendable {
        /// Doing it once more changes nothing that it has already done.
        case doesNoHarm
        /// It could call somebody twice, or undo what somebody has done since, such as a stop: it is refused, and a person
        /// has to look.
        case mustNotBeRepeated
    }

    private struct Use: Hashable {
        var tokenHash: [UInt8]
        var key: String
    }

    let replies: any APIReplies
    private let underWay = NIOLockedValueBox<[Use: [UInt8]]>([:])

    init(_ replies: any APIReplies) { self.replies = replies }

    /// The key of a request; nil when it has none.
    static func key(of headers: HTTPFields) throws -> String? {
        let values = headers[values: .idempotencyKey]
        guard let value = values.first else { return nil }
        var key = Substring(value)
        // A string of structured fields (RFC 8941); without quotes, too, as many clients send it.
        if key.count >= 2, key.hasPrefix("\""), key.hasSuffix("\"") { key = key.dropFirst().dropLast() }
        guard values.count == 1, 1...longest ~= key.utf8.count,
            key.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") })
        else {
            throw DashboardError.malformed(
                "The header Idempotency-Key is one text of 1 to \(longest) visible ASCII characters without quotes and "
                    + "backslashes in it, such as a UUID.")
        }
        return String(key)
    }

    /// What distinguishes a request from others with the same key.
    static func hash(of request: DashboardRequest, method: String, body: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        let type = request.headers[.contentType] ?? ""
        for part in [method, request.path, request.query.encoded, type] {
            hash.update(data: Array("\(part.utf8.count):\(part)".utf8))
        }
        hash.update(data: body)
        return Array(hash.finalize())
    }

    /// Carries out a request, unless that was done before.
    ///
    /// - Returns: the reply, and whether it is an earlier one.
    func once(
        _ key: String, tokenHash: [UInt8], requestHash: [UInt8], _ repetition: Repetition,
        _ carryOut: @Sendable () async throws -> APIReply
    ) async throws -> (reply: APIReply, isRepeated: Bool) {
        let use = Use(tokenHash: tokenHash, key: key)
        let other = underWay.withLockedValue { uses -> [UInt8]? in
            if let other = uses[use] { return other }
            uses[use] = requestHash
            return nil
        }
        if let other { throw other == requestHash ? Self.underWay : Self.otherRequest }
        defer { underWay.withLockedValue { $0[use] = nil } }
        switch try await replies.state(ofKey: key, tokenHash: tokenHash) {
        case .replied(let reply, let hash):
            guard hash == requestHash else { throw Self.otherRequest }
            return (reply, true)
        case .begun(let hash):
            guard hash == requestHash else { throw Self.otherRequest }
            guard repetition == .doesNoHarm else { throw Self.cutOff }
        case .unused: try await replies.begin(key: key, tokenHash: tokenHash, requestHash: requestHash)
        }
        let reply: APIReply
        do {
            reply = try await carryOut()
        } catch {
            // What was refused has changed nothing; of anything else nobody knows.
            if Self.isRefusal(error) { try? await replies.forget(key: key, tokenHash: tokenHash) }
            throw error
        }
        try await replies.keep(reply, key: key, tokenHash: tokenHash, requestHash: requestHash)
        return (reply, false)
    }

    private static func isRefusal(_ error: any Error) -> Bool {
        if error is RequestRefusal { return true }
        return (error as? DashboardError).map { $0.status.kind == .clientError } ?? false
    }

    private static let underWay = DashboardError(
        .conflict, "under-way",
        Phrase(
            "The first request with this Idempotency-Key is still being carried out: repeat it later.",
            "O primeiro pedido com este Idempotency-Key ainda está em andamento: repita mais tarde."))

    private static let otherRequest = DashboardError(
        .unprocessableContent, "key-reused",
        Phrase(
            "Another request has this Idempotency-Key: send a new key with a new request. Nothing was changed.",
            "Outro pedido já usou este Idempotency-Key: use uma chave nova para um pedido novo. Nada foi alterado."))

    private static let cutOff = DashboardError(
        .conflict, "cut-off",
        Phrase(
            "The first request with this Idempotency-Key was cut off, and may have been carried out: it is not repeated, "
                + "since somebody could be called twice, or may have stopped the campaign since. Look at the campaign, "
                + "then send what is left with a new key.",
            "O primeiro pedido com este Idempotency-Key foi interrompido, e pode ter sido atendido: não é repetido, pois "
                + "alguém poderia receber duas ligações, ou pode ter parado a campanha desde então. Veja a "
                + "campanha e depois envie o que falta com outra chave."))
}

extension HTTPField.Name {
    static let idempotencyKey = Self(literal: "Idempotency-Key")
    static let idempotencyReplayed = Self(literal: "Idempotency-Replayed")
}
