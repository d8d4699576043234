/// How a request ends for its sender.
enum Reply: Sendable, Equatable {
    case answer(Answer)
    /// The connection closes and not a byte was sent.
    case cut
    /// Silence for as long as the scenario says, then the connection closes.
    case hang
}

/// A reply with the ledger line that goes before it.
struct Exchange: Sendable {
    var reply: Reply
    var entry: LedgerEntry

    /// A reply that is sent; the entry takes its status.
    init(_ answer: Answer, _ entry: LedgerEntry) {
        self.reply = .answer(answer)
        self.entry = entry
        self.entry.httpStatus = answer.status
    }

    /// A reply that is never sent.
    init(silent reply: Reply, _ entry: LedgerEntry) {
        self.reply = reply
        self.entry = entry
    }
}
