import CampaignCore
import Dashboard

/// What a service measures while it works; read by ``MetricsCollector``.
struct ServiceMeasurements: Sendable {
    /// Transactions of the database.
    let commits = LabeledDurations(bounds: LabeledDurations.commitBounds, labels: [[]])
    /// Requests to Z-API that place a call, by its id of the instance.
    let requests = LabeledDurations(bounds: LabeledDurations.requestBounds)
    /// Requests to the dashboard, by route and status.
    let pages = LabeledDurations(bounds: LabeledDurations.pageBounds)

    private static let elapsed: @Sendable () -> Duration = {
        SystemEnvironment.clock.systemEpoch.duration(to: SystemEnvironment.clock.now)
    }

    /// Times the transactions of the database.
    var commitObserver: LatencyObserver {
        LatencyObserver(elapsed: Self.elapsed) { [commits] in commits.add($0) }
    }

    /// Times the calls that are placed through an instance.
    func requestObserver(ofInstance id: String) -> LatencyObserver {
        LatencyObserver(elapsed: Self.elapsed) { [requests] in requests.add($0, id) }
    }
}
