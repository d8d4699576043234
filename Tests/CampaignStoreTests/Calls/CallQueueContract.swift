import CampaignCore
import Testing

/// A place with a campaign ``Sample/name`` of 20 contacts, whose queue can be opened repeatedly.
protocol CallQueueFixture: Sendable {
    associatedtype Queue: CallQueue

    /// Adds another campaign of ``CallQueueContract/contacts``, with the numbers from `first` on.
    func add(campaign: String, from first: Int) async throws

    /// The queue, after the one opened before was released as by a process that ends.
    func opened<T>(_ body: (Queue) async throws -> T) async throws -> T
}

/// One promise of the port ``CallQueue`` that every implementation must keep.
struct CallQueueContract: Sendable, CustomTestStringConvertible {
    /// Contacts of the campaign in a ``CallQueueFixture``.
    static let contacts = 20
    /// All promises.
    static let all = claims + gates + results + restarts + found + severalBegin + severalCommit

    let sentence: String
    let check: @Sendable (any CallQueueFixture) async throws -> Void

    var testDescription: String { sentence }

    init(_ sentence: String, _ check: @escaping @Sendable (any CallQueueFixture) async throws -> Void) {
        self.sentence = sentence
        self.check = check
    }
}

extension CallQueueFixture {
    /// The queue with a run begun.
    func begun<T>(_ start: RunStart = Sample.start(), _ body: (any CallQueue) async throws -> T) async throws -> T {
        try await opened { queue in
            _ = try await queue.begin(start)
            return try await body(queue)
        }
    }

    /// The state in which a new run finds things.
    func opening(_ start: RunStart = Sample.start()) async throws -> RunSnapshot {
        try await opened { try await $0.begin(start) }
    }
}
