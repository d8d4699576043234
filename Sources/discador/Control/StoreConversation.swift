import CampaignStore

/// A request that stays open: its client is told how things go on, and can send signals, until the outcome.
///
/// To add a conversation, write a type that conforms to this protocol, and add it to the list in ``RequestKind``.
protocol StoreConversation: Codable, Sendable {
    /// From the process that holds the database to the client, any number.
    associatedtype Update: Codable & Sendable
    /// From the client to the process that holds the database, any number.
    associatedtype Signal: Codable & Sendable
    /// The last message to the client.
    associatedtype Outcome: Codable & Sendable

    /// Its name in requests, in the words that users know, such as `run`.
    static var name: String { get }
    /// What the process that holds the database says it waits for, such as `run november`.
    var label: String { get }

    /// Conducts it. A server that is closing waits for its end, so whoever closes it must first end what conversations
    /// wait for.
    ///
    /// - Parameters:
    ///   - signals: what the client sends. They end when the client is gone (its side closed or broken), or has sent
    ///     something that cannot be read. What that means for the conversation is decided here.
    ///   - update: tells the client something. It waits until the kernel has taken the message, or the task is
    ///     cancelled. It throws when the client is gone, or the task is cancelled, or the server is closing and the
    ///     client does not read.
    func perform(
        in context: OperationContext, signals: AsyncStream<Signal>,
        update: @escaping @Sendable (Update) async throws -> Void
    ) async throws -> Outcome
}

extension StoreConversation {
    var label: String { Self.name }
}

/// How a conversation ended for its client.
enum ConversationEnd<Outcome: Sendable>: Sendable {
    case outcome(Outcome)
    /// No process accepts requests, or the one that does is closing. Nothing was done.
    case unavailable
    /// The process that holds the database went away without an outcome: it was killed, or crashed. It may have done
    /// anything that was requested, or nothing.
    case lost
}

extension ConversationEnd: Equatable where Outcome: Equatable {}
