/// Watches the latest outcomes of a run and says when too many of them failed.
///
/// Only outcomes that say something about contacts or content count: a call that Z-API took, one it refused, one that
/// is in doubt. Requests to slow down and failures to connect have remedies of their own.
package struct BrakeMeter: Hashable, Sendable {
    /// The rule.
    package let brake: Brake
    /// The error of each of the latest outcomes; nil where there was no failure.
    private var failures: [String?] = []
    private var oldest = 0

    /// A meter that has seen nothing.
    package init(_ brake: Brake) {
        self.brake = brake
    }

    /// Takes one outcome in, with the error that came with it.
    package mutating func note(_ outcome: AttemptOutcome, error: String? = nil) {
        let failure: String?
        switch outcome {
        case .accepted: failure = nil
        case .refused, .serverError, .inDoubt: failure = error ?? outcome.rawValue
        case .notSent, .throttled, .misconfigured: return
        }
        if failures.count < brake.over {
            failures.append(failure)
        } else {
            failures[oldest] = failure
            oldest = (oldest + 1) % brake.over
        }
    }

    /// Outcomes that are looked at by now, at most `brake.over`.
    package var outcomes: Int { failures.count }

    /// Failures among the latest outcomes, when they are too many; nil while they are not, or while there are too few
    /// outcomes to tell.
    package var tooManyFailures: Int? {
        guard failures.count >= brake.over else { return nil }
        let count = failures.count { $0 != nil }
        return count * 100 >= brake.failuresPercent * brake.over ? count : nil
    }

    /// The errors among the latest outcomes, the most frequent first.
    package var errors: [ErrorCount] {
        let counts = Dictionary(failures.compactMap(\.self).map { ($0, 1) }, uniquingKeysWith: +)
        return counts.map { ErrorCount(error: $0.key, attempts: $0.value) }
            .sorted { ($1.attempts, $0.error) < ($0.attempts, $1.error) }
    }
}
