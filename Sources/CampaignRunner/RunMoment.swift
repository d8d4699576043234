import CampaignCore

/// A moment of a run, on every clock that counts.
struct RunMoment {
    /// Since the run began, on a clock that nobody sets: what waits are computed with.
    var elapsed: Duration
    /// On the wall clock: what windows and stamps are read from.
    var wall: Timestamp
    /// On the time line of daily limits.
    var limit: Timestamp
    /// In the life of the machine.
    var uptime: Uptime

    /// When, counted from the start of the run, the wall clock will show `moment`; now, when it does already.
    func elapsed(atWall moment: Timestamp) -> Duration {
        elapsed + max(wall.duration(to: moment), .zero)
    }

    /// When, counted from the start of the run, the time line of the limits will be at `moment`.
    func elapsed(atLimit moment: Timestamp) -> Duration {
        elapsed + max(limit.duration(to: moment), .zero)
    }
}
