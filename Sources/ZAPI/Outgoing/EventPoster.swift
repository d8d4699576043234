import AsyncHTTPClient
package import CampaignCore
import NIOCore
import NIOHTTP1

/// A message for an address of the user's.
package struct OutgoingMessage: Hashable, Sendable {
    /// Names the message, and is the same each time it is posted, so that its receiver knows a repeat.
    package let id: String
    /// JSON, posted byte for byte.
    package let body: [UInt8]

    /// - Parameter id: letters, digits, `_` and `-`; anything else becomes `_`, since a period ends it where it is
    ///   signed.
    package init(id: String, body: [UInt8]) {
        self.id = String(id.unicodeScalars.map { Self.isPlain($0) ? Character($0) : "_" })
        self.body = body
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "0"..."9", "a"..."z", "A"..."Z", "_", "-": true
        default: false
        }
    }
}

/// Posts messages to an address of the user's: what has happened to a campaign, and events passed on.
package struct EventPoster: Sendable {
    /// From connecting to the last byte of the reply.
    private static let timeout = Duration.seconds(10)
    private static let largestReply = 65_536

    private let address: PostAddress
    private let key: SigningKey?
    private let pool: ConnectionPool
    private let now: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - key: what the messages are signed with; nil posts them without headers of their own, as events are passed on.
    ///   - pool: the connections, shared with calls. They are closed by whoever made it.
    ///   - now: the wall clock, for the time that is signed.
    package init(
        to address: PostAddress, signedWith key: SigningKey?, pool: ConnectionPool,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.address = address
        self.key = key
        self.pool = pool
        self.now = now
    }

    /// Posts a message once. Never throws, since every failure has a meaning too; returns immediately when its task is
    /// cancelled.
    func post(_ message: OutgoingMessage) async -> PostResult {
        PostResult(of: await outcome(of: message), now: now())
    }

    /// What came back for a message that is posted once.
    func outcome(of message: OutgoingMessage) async -> WireOutcome {
        let seconds = now().milliseconds / 1000
        var headers = HTTPHeaders([
            ("User-Agent", ProductVersion.userAgent), ("Accept-Encoding", "identity"),
            ("Content-Type", "application/json"),
        ])
        if let key {
            headers.add(name: "webhook-id", value: message.id)
            headers.add(name: "webhook-timestamp", value: "\(seconds)")
            let signature = key.signature(id: message.id, seconds: seconds, body: message.body)
            headers.add(name: "webhook-signature", value: signature)
        }
        return await outcome(message, headers)
    }

    private func outcome(_ message: OutgoingMessage, _ headers: HTTPHeaders) async -> WireOutcome {
        do {
            let request = try HTTPClient.Request(
                url: address.url.reveal(), method: .POST, headers: headers, body: .bytes(message.body))
            let connectTimeout = pool.rules.connectTimeout(of: Self.timeout)
            return try await pool.withClient(connectTimeout: connectTimeout) { client in
                await client.outcome(of: request, maxBytes: Self.largestReply, within: TimeAmount(Self.timeout))
            }
        } catch {
            return WireOutcome(failure: error)
        }
    }
}
