import CampaignCore

/// Stops a run when too many calls fail, among either the latest calls or the first ones, the canary.
struct RunBrake {
    /// The percentage of failures that is too much for the canary when the campaign has no brake.
    private static let canaryFailuresPercent = 20

    private var latest: BrakeMeter?
    /// The first calls; nil when there is no canary, or it was judged good.
    private var canary: BrakeMeter?
    private let hasCanary: Bool
    /// Why no further call may begin; nil while calls may.
    private(set) var report: BrakeReport?

    /// - Parameters:
    ///   - brake: the campaign's; nil means none.
    ///   - canary: the calls that are judged before the others, with those that earlier runs have counted; nil means
    ///     none.
    init(_ brake: Brake?, canary: CanaryState?) {
        latest = brake.map { BrakeMeter($0) }
        hasCanary = canary != nil
        self.canary = canary.map {
            BrakeMeter(
                Brake(failuresPercent: brake?.failuresPercent ?? Self.canaryFailuresPercent, over: $0.calls),
                succeeded: $0.succeeded, failed: $0.failed)
        }
        // The last of its calls may have been interrupted, or ended after the run had been stopped.
        judge()
    }

    /// How far the canary has come, for a later run; nil when there was none.
    var canaryProgress: CanaryProgress? {
        guard hasCanary else { return nil }
        guard let canary else { return .passed }
        return .counted(
            CanaryState(
                calls: canary.brake.over, succeeded: canary.outcomes - canary.failed, failed: canary.failed))
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
