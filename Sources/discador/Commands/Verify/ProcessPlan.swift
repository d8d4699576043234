import Glibc

/// What one process of a round is asked to do, and what happens to it.
struct ProcessPlan: Sendable {
    enum Role: Sendable, Equatable {
        /// `run` of these campaigns: dials them, or watches the process that does.
        case run([String])
        /// `run --detach` of these campaigns.
        case start([String])
        /// `serve`, which starts these campaigns.
        case serve([String])

        /// The command, with the names of the campaigns.
        var command: String {
            switch self {
            case .run(let campaigns): "run \(campaigns.joined(separator: " "))"
            case .start(let campaigns): "run \(campaigns.joined(separator: " ")) --detach"
            case .serve(let campaigns): (["serve"] + campaigns).joined(separator: " ")
            }
        }
    }

    /// A moment in a process's life.
    struct Moment: Sendable {
        /// After this many further lines of the simulator's ledger.
        var lines: Int
        /// And then this long after the last of them.
        var delay: Duration
    }

    var role: Role
    /// When something happens to it; nil lets it end normally.
    var moment: Moment?
    /// The signals that it is sent then, with the time that passes before each.
    var signals: [(signal: Int32, delay: Duration)] = []
    /// By how many bytes the database's files may still grow before the disk counts as full; nil means no limit.
    var room: Int?

    init(role: Role) { self.role = role }

    /// Whether it is to be killed.
    var isKilled: Bool { signals.contains { $0.signal == SIGKILL } }

    var isService: Bool {
        if case .serve = role { true } else { false }
    }

    /// Draws at random what the next process does, and what happens to it.
    ///
    /// Kills come at any time from before the process has opened the database, through its first requests and calls, to
    /// well into the run; disks fill up from its first write on.
    static func draw(
        _ rules: RoundRules, unfinished: [String], canServe: Bool, using random: inout some RandomNumberGenerator
    ) -> ProcessPlan {
        var plan = ProcessPlan(role: role(rules, unfinished, canServe, using: &random))
        if rules.fillsDisk, Int.random(in: 0..<6, using: &random) == 0 {
            plan.room = Int.random(in: 8...240, using: &random) << 10
            return plan
        }
        plan.moment = moment(rules, using: &random)
        switch (plan.role, Int.random(in: 0..<10, using: &random)) {
        case (.start, _):
            // It is over soon.
            plan.moment?.lines = 0
            plan.signals = [(SIGKILL, .zero)]
        case (.run, 0):
            plan.moment = nil
        case (_, 1), (_, 2):
            plan.signals = [(stopSignal(using: &random), .zero)]
            guard Bool.random(using: &random) else { break }
            let second = Bool.random(using: &random) ? SIGKILL : stopSignal(using: &random)
            plan.signals.append((second, .milliseconds(Int.random(in: 0...60, using: &random))))
        default:
            plan.signals = [(SIGKILL, .zero)]
        }
        return plan
    }

    private static func role(
        _ rules: RoundRules, _ unfinished: [String], _ canServe: Bool, using random: inout some RandomNumberGenerator
    ) -> Role {
        let number = Int.random(in: 1...unfinished.count, using: &random)
        let campaigns = Array(unfinished.shuffled(using: &random).prefix(number))
        let draw = Int.random(in: 0..<8, using: &random)
        guard rules.hasService else { return .run(campaigns) }
        if draw < (rules.hasWebhooks ? 5 : 3), canServe { return .serve(Bool.random(using: &random) ? campaigns : []) }
        return draw == 7 ? .start(campaigns) : .run(campaigns)
    }

    private static func stopSignal(using random: inout some RandomNumberGenerator) -> Int32 {
        [SIGINT, SIGTERM, SIGHUP].randomElement(using: &random) ?? SIGINT
    }

    private static func moment(_ rules: RoundRules, using random: inout some RandomNumberGenerator) -> Moment {
        switch Int.random(in: 0..<10, using: &random) {
        case 0, 1:
            Moment(lines: 0, delay: .milliseconds(Int.random(in: 0...150, using: &random)))
        case 2:
            Moment(
                lines: Int.random(in: 1...4, using: &random),
                delay: .microseconds(Int.random(in: 0...20_000, using: &random)))
        default:
            Moment(
                lines: Int.random(in: 4...(rules.isSlow ? 20 : 60), using: &random),
                delay: .microseconds(Int.random(in: 0...15_000, using: &random)))
        }
    }
}
