/// Why a call whose intent is on disk must not leave any more. It certainly did not.
package enum DepartureRefusal: Hashable, Sendable, CustomStringConvertible {
    /// The calling window, the campaign's or the contact's own, has shut meanwhile.
    case windowShut
    /// The campaign has expired meanwhile.
    case expired
    /// Somebody has set the wall clock since the intent was written: which hour it is has to be asked anew.
    case clockSet
    /// So much time has passed since the intent was written.
    case tooLate(Duration)

    /// The error text that the attempt gets.
    package var description: String {
        switch self {
        case .windowShut: "held back: the calling window shut before the request could leave"
        case .expired: "held back: the campaign expired before the request could leave"
        case .clockSet: "held back: the machine's clock was set before the request could leave"
        case .tooLate(let passed):
            "held back: \(passed.components.seconds) s passed before the request could leave; was the machine asleep?"
        }
    }
}

/// Whether a call may still leave, asked at the last moment at which it can be held back.
///
/// Between the intent and the first byte the machine may sleep, the process may be stopped or the disk may stall. Whatever
/// let the call be claimed is looked at once more then.
package struct DepartureRule: Sendable {
    /// An intent that is older than this is put back: its place in the pace has passed, and longer than this no
    /// connection takes.
    package static let longestWait = Duration.seconds(10)
    /// Smaller jumps of the wall clock are what a time service corrects.
    static let clockTolerance = Duration.seconds(2)

    private let intendedAt: Timestamp
    private let window: WindowGate
    private let expires: Timestamp?
    private let gate: (any ClaimGate)?

    /// The rule for the calls of one transaction.
    ///
    /// - Parameters:
    ///   - intendedAt: what the wall clock showed when they were claimed.
    ///   - window: the campaign's window.
    ///   - expires: when the campaign ends; nil is never.
    ///   - gate: by what a single contact may have to wait; nil is by nothing.
    package init(intendedAt: Timestamp, window: WindowGate, expires: Timestamp?, gate: (any ClaimGate)?) {
        self.intendedAt = intendedAt
        self.window = window
        self.expires = expires
        self.gate = gate
    }

    /// Why the call to `phone` must not leave now; nil when it may.
    ///
    /// - Parameters:
    ///   - wall: what the wall clock shows.
    ///   - passed: how long ago it was claimed, on a clock that nobody sets and that counts the time of sleep.
    package func refusal(of phone: PhoneNumber, at wall: Timestamp, after passed: Duration) -> DepartureRefusal? {
        if let expires, expires <= wall { return .expired }
        // A copy: its last answer, which is of the moment of the claim, serves all calls.
        var window = window
        guard window.state(at: wall) == .open, gate?.opening(of: phone, at: wall) == nil else { return .windowShut }
        let step = intendedAt.duration(to: wall) - passed
        guard (.zero - Self.clockTolerance)...Self.clockTolerance ~= step else { return .clockSet }
        return passed > Self.longestWait ? .tooLate(passed) : nil
    }
}
