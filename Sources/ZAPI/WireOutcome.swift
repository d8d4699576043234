/// What came back over the wire for one request, before anybody judges it.
enum WireOutcome: Equatable {
    /// A whole reply: its status, the headers that matter and its body.
    case reply(status: Int, headers: ReplyHeaders, body: [UInt8])
    /// A reply whose body is larger than anything Z-API sends.
    case tooLarge(status: Int, headers: ReplyHeaders)
    /// The head of a reply whose body never came to its end.
    case cutShort(status: Int, headers: ReplyHeaders, String)
    /// No reply, and no byte of the request can have left.
    case neverLeft(String)
    /// No reply, and the request may have left.
    case lost(String)
}

/// The headers of a reply that bear on what it means.
struct ReplyHeaders: Hashable {
    var retryAfter: String?
    var contentType: String?

    /// Whether the body can be Z-API's by its type: JSON, or not said.
    var allowJSON: Bool {
        guard let contentType else { return true }
        let type = contentType.prefix { $0 != ";" }.lowercased().split(separator: " ").joined()
        return type == "application/json" || type == "text/json" || type.hasSuffix("+json")
    }
}
