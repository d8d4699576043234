package import CampaignCore
import Foundation

/// A kind of webhook that Z-API posts to an address of its own (webhooks pages, read 2026).
package enum Callback: String, CaseIterable, Sendable {
    /// What became of a message or call that was accepted.
    case delivery
    /// Messages and notifications, also about calls.
    case received
    /// The same with messages of the instance itself. Where it has an address, `received` is not used.
    case receivedAndDelivery
    case messageStatus
    case disconnected
    case connected
    case presenceChat

    /// The path below the instance's address by which it is set on its own.
    var path: String {
        switch self {
        case .delivery: "update-webhook-delivery"
        case .received: "update-webhook-received"
        case .receivedAndDelivery: "update-webhook-received-delivery"
        case .messageStatus: "update-webhook-message-status"
        case .disconnected: "update-webhook-disconnected"
        case .connected: "update-webhook-connected"
        case .presenceChat: "update-webhook-chat-presence"
        }
    }
}

/// The address to which Z-API posts webhooks of a kind, which often contains a token.
package struct CallbackAddress: Equatable, Sendable {
    /// The whole address.
    package let url: Secret
    /// Its host, and its port if it names one: this much may be shown.
    package let host: String

    /// Instead of a host, for an address that has none.
    package static let unreadable = "an address that cannot be read"

    /// - Parameters:
    ///   - text: the address; nil for a blank one.
    ///   - sanitized: makes text safe to show.
    init?(_ text: String, sanitized: (String) -> String) {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty else { return nil }
        url = Secret(text)
        host = Self.host(of: text).map(sanitized) ?? Self.unreadable
    }

    private static func host(of text: String) -> String? {
        guard let parts = URLComponents(string: text), parts.scheme != nil,
            let host = parts.percentEncodedHost?.lowercased(),
            host.wholeMatch(of: /\[[0-9a-f:.]+\]|[a-z0-9._-]+/) != nil
        else { return nil }
        return parts.port.map { "\(host):\($0)" } ?? host
    }
}
