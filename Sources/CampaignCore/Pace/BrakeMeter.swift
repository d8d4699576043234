/// Watches the latest outcomes of a run and says when too many of them failed.
///
/// Only outcomes that say something about contacts or content count: a call that Z-API took, one it refused, one that
/// is in doubt. Requests to slow down and failures to connect have remedies of their own.
public struct BrakeMeter: Hashable, Sendable {
    private let brake: Brake
    private var failures: [Bool] = []
    private var oldest = 0

    /// A meter that has seen nothing.
    public init(_ brake: Brake) {
        self.brake = brake
    }

    /// Takes one outcome in.
    public mutating func note(_ outcome: AttemptOutcome) {
        let isFailure: Bool
        switch outcome {
        case .accepted: isFailure = false
        case .refused, .refusedForNow, .inDoubt: isFailure = true
        case .notSent, .throttled, .misconfigured: return
        }
        if failures.count < brake.over {
            failures.append(isFailure)
        } else {
            failures[oldest] = isFailure
            oldest = (oldest + 1) % brake.over
        }
    }

    /// Failures among the latest outcomes, when they are too many; nil while they are not, or while there are too few
    /// outcomes to tell.
    public var tooManyFailures: Int? {
        guard failures.count >= brake.over else { return nil }
        let count = failures.count(where: \.self)
        return count * 100 >= brake.failuresPercent * brake.over ? count : nil
    }
}
