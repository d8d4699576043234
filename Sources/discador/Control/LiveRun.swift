import CampaignRunner

/// A run that goes on, as far as work beside it has to do with it.
actor LiveRun {
    /// The campaign that is dialled.
    nonisolated let campaign: String
    private let control: RunControl
    private var hasEnded = false
    private var isStopped = false
    private var hasWorkBeside = false
    private var waiters: [CheckedContinuation<Void, Never>] = []

    init(of campaign: String, control: RunControl) {
        self.campaign = campaign
        self.control = control
    }

    /// Whether contacts that came in too late for this run are to be dialled by one that follows it at once.
    var mayBeFollowed: Bool { hasWorkBeside && !isStopped }

    /// Lets no further call begin; those under way are waited for.
    func stop() async {
        isStopped = true
        await control.stop(.drain)
    }

    /// Work was done beside the run, which may have changed whom it has to call.
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
