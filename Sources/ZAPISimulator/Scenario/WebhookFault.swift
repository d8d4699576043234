/// What goes wrong on a webhook's way. None of it is documented; nothing that is documented rules it out.
package enum WebhookFault: String, CaseIterable, Codable, Sendable {
    /// Sent twice at the same time.
    case duplicate
    /// Sent later, by the scenario's `lateBy`.
    case late
    /// The webhooks of a call are sent in the opposite order, at the times of the others.
    case outOfOrder
    /// Names the person by an `@lid` only.
    case lidOnly
    /// Its time is in seconds.
    case secondsTime
    /// Its time is a text.
    case textTime
    /// Another one is sent before it, of a kind that nobody knows.
    case unknownKind
    /// Another one is sent before it that is larger than 256 KiB.
    case tooLarge
    /// A copy of it that names another instance is sent before it.
    case wrongInstance
    /// The first webhook of a call is sent before the reply of its send-call, which waits for it for at most a second.
    case beforeReply
    /// It is never sent.
    case lost

    /// One sentence, for the manual.
    package var explanation: String {
        switch self {
        case .duplicate: "sent twice at the same time"
        case .late: "sent later, by lateBy"
        case .outOfOrder: "all webhooks of a call are sent in the opposite order"
        case .lidOnly: "names the person by an @lid only"
        case .secondsTime: "its momment is in seconds"
        case .textTime: "its momment is a text"
        case .unknownKind: "another one is sent before it, of a kind that nobody knows"
        case .tooLarge: "another one is sent before it, larger than 256 KiB"
        case .wrongInstance: "a copy that names another instance is sent before it"
        case .beforeReply: "the first webhook of a call is sent before the reply of its send-call"
        case .lost: "never sent"
        }
    }
}
