import CampaignStore
import NIOConcurrencyHelpers
import NIOPosix

/// Reads for the dashboard, on threads of their own: a read blocks its thread, and those that dial must go on.
final class StoreReads: Sendable {
    private static let threads = 3

    private struct State {
        var idle: [StoreReader] = []
        var isClosed = false
    }

    private let store: CampaignStore
    private let pool = NIOThreadPool(numberOfThreads: StoreReads.threads)
    private let state = NIOLockedValueBox(State())

    init(_ store: CampaignStore) {
        self.store = store
        pool.start()
    }

    /// Reads with a connection that nobody else uses meanwhile.
    func callAsFunction<Value: Sendable>(
        _ body: @escaping @Sendable (StoreReader) throws -> Value
    ) async throws -> Value {
        try await pool.runIfActive { [self] in
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
        state.withLockedValue { state in
            state.isClosed = true
            state.idle = []
        }
    }
}
