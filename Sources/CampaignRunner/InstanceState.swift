import CampaignCore

/// One instance during a run: its pace and whether it can be used.
struct InstanceState {
    /// Whether the instance can be used.
    enum Condition: Equatable {
        /// It has not been asked yet.
        case unknown
        /// It is connected.
        case connected
        /// It cannot be used now and may be later.
        case down(String)
        /// It could not be asked at the start of the run.
        case neverReached(String)
        /// Z-API refuses it; only a person can change that.
        case stopped(String)
    }

    let name: String
    var gate: PaceGate
    var inFlight = 0
    var isBeingProbed = false
    private(set) var condition = Condition.unknown
    private(set) var failuresInARow = 0
    private var probeAt = Duration.zero

    init(name: String, gate: PaceGate) {
        self.name = name
        self.gate = gate
    }

    /// Whether a call may begin on it, as far as its health goes.
    var isUsable: Bool { condition == .connected }

    /// Whether it was refused by Z-API.
    var isStopped: Bool {
        if case .stopped = condition { true } else { false }
    }

    /// Whether it will not become usable in this run.
    var isLost: Bool {
        switch condition {
        case .stopped, .neverReached: true
        case .unknown, .connected, .down: false
        }
    }

    /// Why it is not in use, with its name; nil when it is.
    var trouble: String? {
        switch condition {
        case .unknown, .connected: nil
        case .down(let why), .neverReached(let why), .stopped(let why): "\(name): \(why)"
        }
    }

    /// When it is to be asked next; nil when it is not.
    var nextProbe: Duration? { isBeingProbed || isStopped ? nil : probeAt }

    func probeIsDue(at now: Duration) -> Bool {
        nextProbe.map { $0 <= now } ?? false
    }

    mutating func note(_ health: InstanceHealth, at now: Duration, interval: Duration) {
        isBeingProbed = false
        probeAt = now + interval
        guard !isStopped else { return }
        switch health {
        case .connected: condition = .connected
        case .disconnected(let why): condition = .down("disconnected: \(why)")
        case .misconfigured(let why): condition = .stopped("refused by Z-API: \(why)")
        case .unreachable(let why): condition = isUnasked ? .neverReached(why) : .down(why)
        }
    }

    /// A call on it ended.
    mutating func end(effect: CallDecision.Instance, error: String?, at now: Duration) {
        inFlight -= 1
        switch effect {
        case .works:
            failuresInARow = 0
        case .waits(let wait, unreachable: false):
            gate.holdUntil(now + wait)
        case .waits(let wait, unreachable: true):
            // Not the gate: that is written down, and a run that starts when the network is back need not wait.
            // Calls that fail together are one failure.
            guard isUsable else { break }
            failuresInARow += 1
            condition = .down(error ?? "unreachable")
            probeAt = now + wait
        case .stops:
            condition = .stopped("refused by Z-API: \(error ?? "no reason given")")
        }
    }

    private var isUnasked: Bool {
        switch condition {
        case .unknown, .neverReached: true
        case .connected, .down, .stopped: false
        }
    }
}
