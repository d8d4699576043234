/// Watches the latest outcomes of a run and reports when too many of them failed.
///
/// Only outcomes that say something about contacts or content count: accepted calls, refusals and doubts. Throttled
/// replies and connection failures are handled in other ways.
package struct BrakeMeter: Hashable, Sendable {
    package let brake: Brake
    /// The error of each of the latest outcomes; nil for those that did not fail.
    private var failures: [String?] = []
    private var oldest = 0

    package init(_ brake: Brake) {
        self.brake = brake
    }

    /// A meter that goes on with outcomes that an earlier run has counted, whose errors are not known any more.
    package init(_ brake: Brake, succeeded: Int, failed: Int) {
        self.brake = brake
        let failed = min(max(0, failed), brake.over)
        let succeeded = min(max(0, succeeded), brake.over - failed)
        failures = [String?](repeating: Self.earlierFailure, count: failed)
        failures += [String?](repeating: nil, count: succeeded)
    }

    /// What is said of the failures of an earlier run.
    private static var earlierFailure: String { RecordedWords.earlierFailure.english }

    /// Adds one outcome, with its error.
    package mutating func note(_ outcome: AttemptOutcome, error: String? = nil) {
        guard let isFailure = Self.isFailure(outcome) else { return }
        add(isFailure ? error ?? outcome.rawValue : nil)
    }

    /// Whether an outcome counts as a failure; nil when it does not count.
    package static func isFailure(_ outcome: AttemptOutcome) -> Bool? {
        switch outcome {
        case .accepted: false
        case .refused, .serverError, .inDoubt: true
        case .notSent, .throttled, .misconfigured: nil
        }
    }

    /// A call that was accepted has failed after all. Which of the latest ones it was makes no difference to their
    /// share: the last that did not fail counts as failed now. If there is none, as after a restart, it counts as one
    /// more outcome.
    package mutating func noteLateFailure(_ error: String) {
        let newestFirst = failures.indices.reversed().map { (oldest + $0) % failures.count }
        if let last = newestFirst.first(where: { failures[$0] == nil }) {
            failures[last] = error
        } else {
            add(error)
        }
    }

    private mutating func add(_ failure: String?) {
        if failures.count < brake.over {
            failures.append(failure)
        } else {
            failures[oldest] = failure
            oldest = (oldest + 1) % brake.over
        }
    }

    /// How many outcomes have been counted, at most `brake.over`.
    package var outcomes: Int { failures.count }

    /// How many of them failed.
    package var failed: Int { failures.count { $0 != nil } }

    /// Failures among the latest outcomes, if they are too many; nil if they are not, or there are too few outcomes to
    /// tell.
    package var tooManyFailures: Int? {
        guard failures.count >= brake.over else { return nil }
        let count = failed
        return count * 100 >= brake.failuresPercent * brake.over ? count : nil
    }

    /// The errors among the latest outcomes, the most frequent first.
    package var errors: [ErrorCount] {
        let counts = Dictionary(failures.compactMap(\.self).map { ($0, 1) }, uniquingKeysWith: +)
        return counts.map { ErrorCount(error: $0.key, attempts: $0.value) }
            .sorted { ($1.attempts, $0.error) < ($0.attempts, $1.error) }
    }
}
