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
    case phoneExistsBatch
    case updateWebhook(name: String)

    private static let webhooks: Set<String> = [
        "update-webhook-delivery", "update-webhook-message-status", "update-webhook-received",
        "update-webhook-disconnected", "update-webhook-connected", "update-every-webhooks",
    ]

    /// Nil when `parts`, the path after the token, is not documented.
    init?(_ parts: ArraySlice<Substring>) {
        guard let name = parts.first else { return nil }
        switch (name, parts.count) {
        case ("send-call", 1): self = .sendCall
        case ("queue", 1): self = .queue
        case ("queue", 2): self = .queueItem(zaapId: String(parts[parts.startIndex + 1]))
        case ("status", 1): self = .status
        case ("me", 1): self = .me
        case ("phone-exists-batch", 1): self = .phoneExistsBatch
        case (_, 1) where Self.webhooks.contains(String(name)): self = .updateWebhook(name: String(name))
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
        case .phoneExistsBatch: "phone-exists-batch"
        case .updateWebhook(let name): name
        }
    }

    /// The verbs that it accepts. `GET queue` is deprecated and therefore not one of them.
    var verbs: [String] {
        switch self {
        case .sendCall, .phoneExistsBatch: ["POST"]
        case .queue: ["POST", "DELETE"]
        case .queueItem: ["DELETE"]
        case .status, .me: ["GET"]
        case .updateWebhook: ["PUT"]
        }
    }
}
