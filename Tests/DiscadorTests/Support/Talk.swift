import CampaignCore
import CampaignStore
import Foundation

@testable import discador

/// A conversation that repeats what it hears.
struct Talk: StoreConversation {
    enum Manner: String, Codable {
        /// It says what it hears.
        case repeats
        /// It also talks all the time, more than the kernel keeps for a client.
        case floods
        /// It fails when it is told to end.
        case fails
    }

    enum Update: Codable, Hashable {
        case began
        case heard(Int)
        case chatter(Data)
    }

    enum Signal: Codable {
        case say(Int)
        /// It ends with an outcome of this many bytes.
        case end(bytes: Int)
    }

    struct Outcome: Codable, Hashable {
        var heard: [Int]
        var rest: Data
    }

    static let name = "talk"

    var manner = Manner.repeats
    /// Different for each talk.
    var topic = UUID().uuidString

    var label: String { "talk \(manner.rawValue)" }

    func perform(
        in context: OperationContext, signals: AsyncStream<Signal>,
        update: @escaping @Sendable (Update) async throws -> Void
    ) async throws -> Outcome {
        try await update(.began)
        if manner == .floods {
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { while true { try await update(.chatter(Data(count: 1 << 16))) } }
                defer { group.cancelAll() }
                return try await listen(to: signals, context) { _ in }
            }
        }
        return try await listen(to: signals, context, update)
    }

    private func listen(
        to signals: AsyncStream<Signal>, _ context: OperationContext, _ update: (Update) async throws -> Void
    ) async throws -> Outcome {
        var heard: [Int] = []
        for await signal in signals {
            switch signal {
            case .say(let number):
                heard.append(number)
                // It goes on without a client.
                try? await update(.heard(number))
            case .end(let bytes):
                if manner == .fails { throw Failure(.badInput, Phrase(verbatim: "there is nothing to talk about")) }
                return Outcome(heard: heard, rest: Data(count: bytes))
            }
        }
        // It outlives its client, and leaves a trace.
        let phone = PhoneNumber(value: 5_511_900_000_000 + Int64.random(in: 0..<1_000_000))
        _ = try await context.store.block(now: Timestamp(milliseconds: 0)) { writer in
            if let phone { try writer.add(phone, reason: topic) }
        }
        return Outcome(heard: heard, rest: Data())
    }
}
