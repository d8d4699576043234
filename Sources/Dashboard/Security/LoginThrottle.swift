import CampaignCore

/// How often somebody may try to sign in: after a few wrong passwords, each further one has to wait twice as long.
///
/// It counts by user and for the whole listener, since behind a proxy everybody comes from one address.
struct LoginThrottle: Sendable {
    /// Wrong passwords in a row that cost no time.
    private static let free = (user: 5, all: 50)
    /// The longest wait, in milliseconds. That of all is short: whoever guesses must not keep everybody else out.
    private static let longest: (user: Int64, all: Int64) = (15 * 60 * 1000, 10 * 1000)
    /// Names that are remembered; the oldest are forgotten first.
    private static let mostNames = 1_000
    /// After this time without another wrong one, it starts over.
    private static let memory: Int64 = 60 * 60 * 1000

    private struct Failures {
        var count = 0
        var last = Timestamp.epoch
        /// No password is looked at before this.
        var until = Timestamp.epoch
    }

    private var users: [String: Failures] = [:]
    private var all = Failures()

    /// Somebody tries to sign in. That counts before its password is looked at: attempts side by side must not be free.
    ///
    /// - Returns: until when nobody may try with this name; nil: this attempt may be made.
    mutating func begin(_ name: String, now: Timestamp) -> Timestamp? {
        let until = max(users[name]?.until ?? .epoch, all.until)
        guard until <= now else { return until }
        if users.count >= Self.mostNames, users[name] == nil,
            let oldest = users.min(by: { $0.value.last < $1.value.last })
        {
            users[oldest.key] = nil
        }
        Self.count(&users[name, default: Failures()], free: Self.free.user, longest: Self.longest.user, now)
        Self.count(&all, free: Self.free.all, longest: Self.longest.all, now)
        return nil
    }

    /// It was the right password: the attempt that has begun is none that failed.
    mutating func noteSuccess(_ name: String) {
        users[name] = nil
        all.count = max(0, all.count - 1)
        if all.count < Self.free.all { all.until = .epoch }
    }

    private static func count(_ failures: inout Failures, free: Int, longest: Int64, _ now: Timestamp) {
        if now.milliseconds - failures.last.milliseconds > memory { failures.count = 0 }
        failures.count += 1
        failures.last = now
        guard failures.count >= free else { return }
        let wait = min(Int64(1_000) << min(failures.count - free, 20), longest)
        failures.until = Timestamp(milliseconds: now.milliseconds + wait)
    }
}
