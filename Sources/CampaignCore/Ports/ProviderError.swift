/// Why Z-API gave no answer to a question that is no call: about numbers, or its queue.
package enum ProviderError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Z-API asks to slow down; nil is without saying for how long.
    case throttled(retryAfter: Duration?)
    /// Z-API refuses the instance, or this very request.
    case refused(String)
    /// Z-API could not be reached, or what came back is no answer: a change may have taken place.
    case unreachable(String)

    /// What happened.
    package var description: String {
        switch self {
        case .throttled: "Z-API asks to slow down"
        case .refused(let text): "Z-API refuses: \(text)"
        case .unreachable(let text): "no answer from Z-API: \(text)"
        }
    }
}
