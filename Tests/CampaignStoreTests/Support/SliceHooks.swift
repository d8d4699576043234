import CampaignCore
import Foundation
import Synchronization

@testable import CampaignStore

/// The error that stands for the end of the process.
struct Killed: Error {}

/// What happens before the slices of large work, counted from one; those of what happens there do not count.
final class SliceHooks: Sendable {
    private struct State {
        var count = 0
        var isActing = false
        var acts: [Int: @Sendable () async throws -> Void] = [:]
    }

    private let state = Mutex(State())

    var count: Int { state.withLock(\.count) }

    /// Does something once, before a slice.
    func does(at slice: Int, _ act: @escaping @Sendable () async throws -> Void) {
        state.withLock { $0.acts[slice] = act }
    }

    func next() async throws {
        let act = state.withLock { state -> (@Sendable () async throws -> Void)? in
            guard !state.isActing else { return nil }
            state.count += 1
            guard let act = state.acts.removeValue(forKey: state.count) else { return nil }
            state.isActing = true
            return act
        }
        guard let act else { return }
        defer { state.withLock { $0.isActing = false } }
        try await act()
    }
}

extension TemporaryDatabase {
    /// Opens the database to work in slices of three rows, with next to no memory.
    func open(_ hooks: SliceHooks) throws -> CampaignStore {
        try CampaignStore(
            path: path, holder: WriterLock.Holder(pid: getpid(), host: "here", command: "test", since: Sample.now),
            patience: .seconds(10), SliceLimits(rows: 3, scattered: 1, entriesInMemory: 4, before: hooks.next))
    }
}

extension CampaignStore {
    func block(now: Timestamp, _ numbers: [PhoneNumber]) async throws -> BlockTotals {
        try await block(now: now) { writer in
            for number in numbers { try writer.add(number, reason: "") }
        }
    }
}
