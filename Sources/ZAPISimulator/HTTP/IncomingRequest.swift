import Foundation

/// The parts of a request that the simulator uses.
struct IncomingRequest: Sendable {
    var method: String
    var path: String
    var clientToken: String?
    var contentType: String?
    /// Nil when it is larger than the simulator reads.
    var body: Data?
}

/// The parts of a path: `/instances/{id}/token/{token}/{endpoint}`.
struct Route: Sendable, Equatable {
    var instance: String
    var token: String
    /// Nil when the rest of the path is not documented.
    var endpoint: Endpoint?

    /// Nil when the path has a different form.
    init?(path: String) {
        let parts = path.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 5, parts[0].isEmpty, parts[1] == "instances", parts[3] == "token" else { return nil }
        guard !parts[2].isEmpty, !parts[4].isEmpty else { return nil }
        instance = String(parts[2])
        token = String(parts[4])
        endpoint = Endpoint(parts[5...])
    }
}

/// What a path refers to (Z-API docs: pages on calls, queue, instance, contacts and webhooks; read 2026).
enum Endpoint: Sendable, Equatable {
    case sendCall
    case queue
    case queueItem(zaapId: String)
    case status
    case me
    case phoneExists(phone: String)
    case phoneExistsBatch
    /// Nil sets every address.
    case updateWebhook(WebhookKind?)
    case updateNotifySentByMe
    case updateFilters
    case updateQueueSettings

    private static let webhooks = "update-webhook-"

    /// Nil when `parts`, the path after the token, is not documented.
    init?(_ parts: ArraySlice<Substring>) {
        guard let name = parts.first else { return nil }
        switch (name, parts.count) {
        case ("send-call", 1): self = .sendCall
        case ("queue", 1): self = .queue
        case ("queue", 2): self = .queueItem(zaapId: String(parts[parts.startIndex + 1]))
        case ("status", 1): self = .status
        case ("me", 1): self = .me
        case ("phone-exists", 2): self = .phoneExists(phone: String(parts[parts.startIndex + 1]))
        case ("phone-exists-batch", 1): self = .phoneExistsBatch
        case ("update-every-webhooks", 1): self = .updateWebhook(nil)
        case ("update-notify-sent-by-me", 1): self = .updateNotifySentByMe
        case ("update-filters", 1): self = .updateFilters
        case ("update-queue-settings", 1): self = .updateQueueSettings
        case (_, 1) where name.hasPrefix(Self.webhooks):
            guard let kind = WebhookKind(rawValue: String(name.dropFirst(Self.webhooks.count))) else { return nil }
            self = .updateWebhook(kind)
        default: return nil
        }
    }

    /// The path as documented, for the ledger.
    var name: String {
        switch self {
        case .sendCall: "send-call"
        case .queue: "queue"
        case .queueItem: "queue/{zaapId}"
        case .status: "status"
        case .me: "me"
        case .phoneExists: "phone-exists/{phone}"
        case .phoneExistsBatch: "phone-exists-batch"
        case .updateWebhook(nil): "update-every-webhooks"
        case .updateWebhook(let kind?): "\(Self.webhooks)\(kind.rawValue)"
        case .updateNotifySentByMe: "update-notify-sent-by-me"
        case .updateFilters: "update-filters"
        case .updateQueueSettings: "update-queue-settings"
        }
    }

    /// The verbs that it accepts. `GET queue` is deprecated and therefore not one of them.
    var verbs: [String] {
        switch self {
        case .sendCall, .phoneExistsBatch: ["POST"]
        case .queue: ["POST", "DELETE"]
        case .queueItem: ["DELETE"]
        case .status, .me, .phoneExists: ["GET"]
        case .updateWebhook, .updateNotifySentByMe, .updateFilters, .updateQueueSettings: ["PUT"]
        }
    }
}
