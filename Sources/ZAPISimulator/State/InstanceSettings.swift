/// The webhooks whose addresses an instance has (Z-API docs, webhook pages, read 2026).
enum WebhookKind: String, CaseIterable, Sendable {
    case delivery
    case messageStatus = "message-status"
    case received
    /// The same as ``received``, with what the instance itself sends; its address comes first where both are set.
    case receivedDelivery = "received-delivery"
    case disconnected, connected
    case chatPresence = "chat-presence"

    /// The name in `callbackTypeFilters` that silences it.
    var filter: String {
        switch self {
        case .delivery: "FILTER_DELIVERY_CALLBACK"
        case .messageStatus: "FILTER_MESSAGE_STATUS_CALLBACK"
        case .received, .receivedDelivery: "FILTER_RECEIVED_CALLBACK"
        case .disconnected: "FILTER_DISCONNECTED_CALLBACK"
        case .connected: "FILTER_CONNECTED_CALLBACK"
        case .chatPresence: "FILTER_PRESENCE_CHAT_CALLBACK"
        }
    }
}

/// What clients have set for one instance.
struct InstanceSettings: Sendable {
    /// Names that `messageFilters` may have; each silences one kind of `ReceivedCallback`.
    static let messageFilters: Set<String> = [
        "FILTER_FROM_GROUP", "FILTER_FROM_PRIVATE_CHAT", "FILTER_TEXT_MESSAGE", "FILTER_IMAGE_MESSAGE",
        "FILTER_VIDEO_MESSAGE", "FILTER_AUDIO_MESSAGE", "FILTER_DOCUMENT_MESSAGE",
    ]

    var addresses: [WebhookKind: String] = [:]
    var notifiesSentByMe = false
    var messageFilters: Set<String> = []
    var callbackTypeFilters: Set<String> = []
    /// What is sent while the phone is away is refused, not held.
    var refusesWhileDisconnected = false

    /// Whether anything at all can be told.
    var hasAddress: Bool { !addresses.isEmpty }

    /// Where a webhook goes; nil when it has no address, or a filter silences it.
    func address(for kind: WebhookKind, of body: WebhookBody) -> String? {
        guard !callbackTypeFilters.contains(kind.filter), messageFilters.isDisjoint(with: body.messageFilters) else {
            return nil
        }
        switch kind {
        case .received, .receivedDelivery: return addresses[.receivedDelivery] ?? addresses[.received]
        case .delivery, .messageStatus, .disconnected, .connected, .chatPresence: return addresses[kind]
        }
    }
}
