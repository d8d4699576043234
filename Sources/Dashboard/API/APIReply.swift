import HTTPTypes

/// What a request that changes something is answered with, and what is kept of it for when it comes again.
package struct APIReply: Hashable, Sendable {
    package var status: Int
    package var body: [UInt8]
    package var contentType: String

    package init(status: Int = 200, body: [UInt8], contentType: String = "application/json") {
        (self.status, self.body, self.contentType) = (status, body, contentType)
    }

    func response(headers: HTTPFields = [:]) -> DashboardResponse {
        .bytes(body, type: contentType, status: HTTPResponse.Status(code: status), headers: headers)
    }
}

/// What is known of an idempotency key.
package enum KeyState: Hashable, Sendable {
    /// Nothing: it is used for the first time within a day.
    case unused
    /// A request with it was begun, and whoever carried it out was ended before the reply was kept.
    case begun(requestHash: [UInt8])
    case replied(APIReply, requestHash: [UInt8])
}

/// Where replies are kept by the idempotency keys of their requests, for a day, whatever becomes of the process.
package protocol APIReplies: Sendable {
    func state(ofKey key: String, tokenHash: [UInt8]) async throws -> KeyState
    /// Notes that a request is about to be carried out.
    func begin(key: String, tokenHash: [UInt8], requestHash: [UInt8]) async throws
    func keep(_ reply: APIReply, key: String, tokenHash: [UInt8], requestHash: [UInt8]) async throws
    /// Forgets a request that was begun, and has changed nothing.
    func forget(key: String, tokenHash: [UInt8]) async throws
}
