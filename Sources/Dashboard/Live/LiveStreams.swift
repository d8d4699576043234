import NIOConcurrencyHelpers

/// One stream for each browser: a further one of the same session ends the one before.
final class LiveStreams: Sendable {
    private struct State {
        var streams: [[UInt8]: Int] = [:]
        var next = 0
    }

    /// Streams of all sessions together.
    private static let most = 128
    private let state = NIOLockedValueBox(State())

    /// A stream begins.
    ///
    /// - Returns: its number; nil when there are too many.
    func begin(_ session: [UInt8]) -> Int? {
        state.withLockedValue { state in
            guard state.streams[session] != nil || state.streams.count < Self.most else { return nil }
            state.next += 1
            state.streams[session] = state.next
            return state.next
        }
    }

    /// Whether no other stream of its browser has begun since.
    func isLatest(_ number: Int, of session: [UInt8]) -> Bool {
        state.withLockedValue { $0.streams[session] == number }
    }

    func end(_ number: Int, of session: [UInt8]) {
        state.withLockedValue { if $0.streams[session] == number { $0.streams[session] = nil } }
    }
}
