import CampaignCore

/// Stops a run when too many calls fail, among either the latest calls or the first ones, the canary.
struct RunBrake {
    /// The percentage of failures that is too much for the canary when the campaign has no brake.
    private static let canaryFailuresPercent = 20

    private var latest: BrakeMeter?
    /// The first calls; nil when there is no canary, or it has been judged.
    private var canary: BrakeMeter?
    /// Why no further call may begin; nil while calls may.
    private(set) var report: BrakeReport?

    /// - Parameters:
    ///   - brake: the campaign's; nil means none.
    ///   - canary: how many calls are judged before the others; nil means none.
    init(_ brake: Brake?, canary: Int?) {
        latest = brake.map(BrakeMeter.init)
        self.canary = canary.map {
            BrakeMeter(Brake(failuresPercent: brake?.failuresPercent ?? Self.canaryFailuresPercent, over: $0))
        }
    }

    /// How many calls may begin in addition to those under way, while the canary has not been judged.
    func maxNewCalls(inFlight: Int) -> Int {
        guard let canary, canary.outcomes < canary.brake.over else { return .max }
        return max(0, canary.brake.over - canary.outcomes - inFlight)
    }

    mutating func note(_ result: AttemptResult) {
        latest?.note(result.outcome, error: result.error)
        canary?.note(result.outcome, error: result.error)
        judge()
    }

    /// A call that Z-API had accepted has failed after all. The canary may have been judged before.
    mutating func noteLateFailure(_ error: String) {
        latest?.noteLateFailure(error)
        canary?.noteLateFailure(error)
        judge()
    }

    private mutating func judge() {
        guard report == nil else { return }
        if let canary, canary.outcomes == canary.brake.over {
            report = BrakeReport(canary, isCanary: true)
            // Judged once: the calls after that are the concern of the campaign's brake.
            if report == nil { self.canary = nil }
        }
        report = report ?? latest.flatMap { BrakeReport($0, isCanary: false) }
    }
}
