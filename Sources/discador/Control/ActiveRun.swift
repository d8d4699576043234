import CampaignRunner

/// The run that goes on, as far as work beside it has to do with it; and those that follow it at once.
actor ActiveRun {
    /// The campaign that is dialed.
    nonisolated let campaign: String
    /// Whether no call is under way, and every result is written.
    private(set) var hasEnded = false
    /// Whether somebody has asked that nobody be called any more, the end of the run notwithstanding.
    private(set) var isStopped = false
    private var control = RunControl()
    private var hasWorkBeside = false
    private var waiters: [CheckedContinuation<Void, Never>] = []

    init(of campaign: String) {
        self.campaign = campaign
    }

    /// A run begins; the handle is its.
    func begin() async -> RunControl {
        control = RunControl()
        hasEnded = false
        hasWorkBeside = false
        if isStopped { await control.stop(.drain) }
        return control
    }

    /// Whether contacts that came in too late for this run are to be dialed by one that follows it at once.
    var mayBeFollowed: Bool { hasWorkBeside && !isStopped }

    /// Lets no further call begin; those under way are waited for.
    func stop() async {
        isStopped = true
        await control.stop(.drain)
    }

    /// Gives up the calls under way, too.
    func halt() async {
        isStopped = true
        await control.stop(.halt)
    }

    /// Something was done beside the run, which may have changed whom it has to call.
    func noteWork() async {
        hasWorkBeside = true
        await control.lookAgain()
    }

    /// The run has ended: no call is under way, and every result is written.
    func noteEnd() {
        hasEnded = true
        for waiter in waiters { waiter.resume() }
        waiters = []
    }

    /// Waits for the end of the run.
    func waitForEnd() async {
        guard !hasEnded else { return }
        await withCheckedContinuation { waiters.append($0) }
    }
}
