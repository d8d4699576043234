/// A canary that somebody has asked for: so many calls are placed first, and judged before the others.
package struct CanaryRequest: Hashable, Sendable, Codable {
    package var calls: Int
    /// Tells it from every other request, so that one that is repeated, as after a hand-over, does not begin it again.
    package var id: Int64

    package init(calls: Int) {
        self.calls = calls
        id = Int64.random(in: 1 ... .max)
    }
}

/// How far the canary of a campaign has come that has not been judged good. It outlives the run that began it.
package struct CanaryState: Hashable, Sendable {
    /// How many calls are judged.
    package var calls: Int
    /// How many of them have ended well so far.
    package var succeeded: Int
    /// How many have failed so far.
    package var failed: Int

    package init(calls: Int, succeeded: Int = 0, failed: Int = 0) {
        self.calls = calls
        self.succeeded = succeeded
        self.failed = failed
    }
}

/// What a run tells of its canary.
package enum CanaryProgress: Hashable, Sendable {
    /// It has not been judged yet, or was judged bad.
    case counted(CanaryState)
    /// It was judged good: all others may be called.
    case passed
}
