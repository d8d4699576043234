/// What the API replied to a request that named a key of its own, for when the same request comes again.
package struct KeptReply: Hashable, Sendable {
    /// SHA-256 of the request: another one with the same key is a mistake of its sender.
    package var requestHash: [UInt8]
    package var status: Int
    package var body: [UInt8]
    package var contentType: String
    package var createdAt: Timestamp

    /// The status of a request that was begun and has no reply yet.
    package static let begunStatus = 0

    /// Whether the request was begun, and whoever carried it out ended before there was a reply.
    package var isBegun: Bool { status == Self.begunStatus }

    /// A request that is about to be carried out.
    package static func begun(requestHash: [UInt8], at now: Timestamp) -> KeptReply {
        KeptReply(requestHash: requestHash, status: begunStatus, body: [], contentType: "", createdAt: now)
    }

    package init(requestHash: [UInt8], status: Int, body: [UInt8], contentType: String, createdAt: Timestamp) {
        self.requestHash = requestHash
        self.status = status
        self.body = body
        self.contentType = contentType
        self.createdAt = createdAt
    }
}
