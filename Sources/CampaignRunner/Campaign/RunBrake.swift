import CampaignCore

/// Stops a run when too many calls fail: among the latest ones, and among the first ones, its canary.
struct RunBrake {
    /// The share of failures that is too much for the canary where the campaign has no brake, in percent.
    private static let canaryFailuresPercent = 20

    private var latest: BrakeMeter?
    /// The first calls; nil when there are none to be judged, or they have been judged.
    private var canary: BrakeMeter?
    /// Why no further call may begin; nil while calls may.
    private(set) var report: BrakeReport?

    /// - Parameters:
    ///   - brake: the campaign's; nil is none.
    ///   - canary: how many calls are judged before the others; nil is none.
    init(_ brake: Brake?, canary: Int?) {
        latest = brake.map(BrakeMeter.init)
        self.canary = canary.map {
            BrakeMeter(Brake(failuresPercent: brake?.failuresPercent ?? Self.canaryFailuresPercent, over: $0))
        }
    }

    /// How many calls may begin besides those under way, as far as the canary has to be judged first.
    func maxNewCalls(inFlight: Int) -> Int {
        guard let canary, canary.outcomes < canary.brake.over else { return .max }
        return max(0, canary.brake.over - canary.outcomes - inFlight)
    }

    mutating func note(_ result: AttemptResult) {
        latest?.note(result.outcome, error: result.error)
        canary?.note(result.outcome, error: result.error)
        guard report == nil else { return }
        if let canary, canary.outcomes == canary.brake.over {
            report = BrakeReport(canary, isCanary: true)
            // Judged once: the calls that follow are for the campaign's brake to judge.
            if report == nil { self.canary = nil }
        }
        report = report ?? latest.flatMap { BrakeReport($0, isCanary: false) }
    }
}
