/// What came back over the wire for one request, before anybody judges it.
enum WireOutcome: Equatable {
    /// A reply with its status, the headers that matter and its body.
    case reply(status: Int, retryAfter: String?, body: [UInt8])
    /// A reply whose body is larger than anything Z-API sends.
    case tooLarge(status: Int, retryAfter: String?)
    /// No reply, and no byte of the request can have left.
    case neverLeft(String)
    /// No reply, and the request may have left.
    case lost(String)
}
