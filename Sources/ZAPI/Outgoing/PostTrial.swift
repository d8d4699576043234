/// What came of posting a message once, for a person who wants to know why it does not arrive.
package enum PostTrial: Hashable, Sendable {
    /// A reply came, with this status.
    case answered(Int)
    /// There was no connection, so nothing was sent.
    case notConnected(String)
    /// It may have been sent, and no usable reply came.
    case noAnswer(String)
}

extension EventPoster {
    /// Posts a message once, and never again.
    package func tryOnce(_ message: OutgoingMessage) async -> PostTrial {
        switch await outcome(of: message) {
        case .reply(let status, _, _), .tooLarge(let status, _), .cutShort(let status, _, _): .answered(status)
        case .neverLeft(let text): .notConnected(text)
        case .lost(let text): .noAnswer(text)
        }
    }
}
