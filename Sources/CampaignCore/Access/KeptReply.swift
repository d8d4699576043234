/// What the API replied to a request that named a key of its own, for when the same request comes again.
package struct KeptReply: Hashable, Sendable {
    /// SHA-256 of the request: another one with the same key is a mistake of its sender.
    package var requestHash: [UInt8]
    package var status: Int
    package var body: [UInt8]
    package var contentType: String
    package var createdAt: Timestamp

    package init(requestHash: [UInt8], status: Int, body: [UInt8], contentType: String, createdAt: Timestamp) {
        self.requestHash = requestHash
        self.status = status
        self.body = body
        self.contentType = contentType
        self.createdAt = createdAt
    }
}
