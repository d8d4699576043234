/// Hears how long each of some operations takes. Whoever wants to know hands one in, with the clock; where there is none,
/// nothing is measured.
package struct LatencyObserver: Sendable {
    /// Time since some fixed moment, on a clock that nobody sets.
    private let elapsed: @Sendable () -> Duration
    private let note: @Sendable (Duration) -> Void

    /// - Parameters:
    ///   - elapsed: time since some fixed moment, on a clock that nobody sets.
    ///   - note: told how long an operation has taken; must return at once, from any thread.
    package init(elapsed: @escaping @Sendable () -> Duration, note: @escaping @Sendable (Duration) -> Void) {
        self.elapsed = elapsed
        self.note = note
    }

    /// Runs an operation and tells how long it took, also when it failed.
    package func measure<Value>(_ operation: () throws -> Value) rethrows -> Value {
        let begin = elapsed()
        defer { note(elapsed() - begin) }
        return try operation()
    }

    /// An operation begins.
    ///
    /// - Returns: to be called at its end, if it counts.
    package func begin() -> @Sendable () -> Void {
        let begin = elapsed()
        return { [elapsed, note] in note(elapsed() - begin) }
    }
}
