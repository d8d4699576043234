import CampaignStore
import NIOConcurrencyHelpers
import NIOPosix

/// Reads for the dashboard, on threads of their own: a read blocks its thread, and those that dial must go on.
///
/// Questions that may take long do not keep back who asks whether somebody is signed in, or whether a campaign is there
/// that is to be paused: these have threads of their own.
final class StoreReads: Sendable {
    private static let threads = 3
    private static let quickThreads = 2

    private struct State {
        var idle: [StoreReader] = []
        var isClosed = false
    }

    private let store: CampaignStore
    private let pool = NIOThreadPool(numberOfThreads: StoreReads.threads)
    private let quickPool = NIOThreadPool(numberOfThreads: StoreReads.quickThreads)
    private let state = NIOLockedValueBox(State())

    init(_ store: CampaignStore) {
        self.store = store
        pool.start()
        quickPool.start()
    }

    /// Reads with a connection that nobody else uses meanwhile.
    func callAsFunction<Value: Sendable>(
        _ body: @escaping @Sendable (StoreReader) throws -> Value
    ) async throws -> Value {
        try await read(on: pool, body)
    }

    /// The same for what reads a few rows by their keys, and what others wait for.
    func quick<Value: Sendable>(_ body: @escaping @Sendable (StoreReader) throws -> Value) async throws -> Value {
        try await read(on: quickPool, body)
    }

    private func read<Value: Sendable>(
        on pool: NIOThreadPool, _ body: @escaping @Sendable (StoreReader) throws -> Value
    ) async throws -> Value {
        // Whoever asked may have gone while others were served.
        try Task.checkCancellation()
        return try await pool.runIfActive { [self] in
            let reader = try state.withLockedValue { $0.idle.popLast() } ?? store.reader()
            defer { state.withLockedValue { if !$0.isClosed { $0.idle.append(reader) } } }
            return try body(reader)
        }
    }

    /// Work that blocks its thread for other reasons, such as a password that is checked.
    func blocking<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await pool.runIfActive(body)
    }

    /// Waits for the reads under way; then no connection is open any more.
    func close() async throws {
        try await pool.shutdownGracefully()
        try await quickPool.shutdownGracefully()
        state.withLockedValue { state in
            state.isClosed = true
            state.idle = []
        }
    }
}
