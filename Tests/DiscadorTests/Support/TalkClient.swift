import Ongoing

@testable import discador

/// A command that is in a conversation with the process that holds a database.
struct TalkClient {
    let signals: AsyncStream<Talk.Signal>.Continuation
    private let updates: AsyncStream<Talk.Update>
    private let end: OngoingTask<ConversationEnd<Talk.Outcome>>

    /// Starts the conversation.
    init(_ client: ControlClient, _ talk: Talk = Talk()) {
        let (sent, signals) = AsyncStream.makeStream(of: Talk.Signal.self)
        let (updates, note) = AsyncStream.makeStream(of: Talk.Update.self)
        self.signals = signals
        self.updates = updates
        end = OngoingTask {
            defer { note.finish() }
            return try await client.converse(talk, signals: sent) { note.yield($0) }
        }
    }

    /// The next update; nil when the conversation has ended.
    func next() async -> Talk.Update? { await updates.first { _ in true } }

    /// How it ended.
    func result() async throws -> ConversationEnd<Talk.Outcome> { try await end.value }
}
