import CampaignCore
import CampaignStore
import Dashboard

/// The replies of the API by their idempotency keys, in the database.
struct KeptAPIReplies: APIReplies {
    let store: CampaignStore
    let reads: StoreReads

    func state(ofKey key: String, tokenHash: [UInt8]) async throws -> KeyState {
        let kept = try await reads { reader in
            try reader.keptReply(tokenHash: tokenHash, key: key, now: SystemEnvironment.now())
        }
        guard let kept else { return .unused }
        guard !kept.isBegun else { return .begun(requestHash: kept.requestHash) }
        return .replied(
            APIReply(status: kept.status, body: kept.body, contentType: kept.contentType), requestHash: kept.requestHash
        )
    }

    func begin(key: String, tokenHash: [UInt8], requestHash: [UInt8]) async throws {
        let now = SystemEnvironment.now()
        try await store.beginReply(.begun(requestHash: requestHash, at: now), tokenHash: tokenHash, key: key)
    }

    func keep(_ reply: APIReply, key: String, tokenHash: [UInt8], requestHash: [UInt8]) async throws {
        let kept = KeptReply(
            requestHash: requestHash, status: reply.status, body: reply.body, contentType: reply.contentType,
            createdAt: SystemEnvironment.now())
        try await store.keepReply(kept, tokenHash: tokenHash, key: key)
    }

    func forget(key: String, tokenHash: [UInt8]) async throws {
        try await store.forgetReply(tokenHash: tokenHash, key: key)
    }
}
