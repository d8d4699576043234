import CampaignRunner

/// This process's run, and those that follow it immediately, as seen by the operations that other commands request
/// during the run.
actor ActiveRun {
    /// The campaign being dialed.
    nonisolated let campaign: String
    /// Whether no call is under way and every result has been written.
    private(set) var hasEnded = false
    /// Whether it was asked to stop, so that no other run may follow it.
    private(set) var isStopped = false
    private var control = RunControl()
    private var hasChanges = false
    private var waiters: [CheckedContinuation<Void, Never>] = []

    init(of campaign: String) {
        self.campaign = campaign
    }

    /// Begins a run; the returned handle stops it.
    func begin() async -> RunControl {
        control = RunControl()
        hasEnded = false
        hasChanges = false
        if isStopped { await control.stop(.drain) }
        return control
    }

    /// Whether contacts that came in too late for this run will be dialed by another that follows immediately.
    var mayBeFollowed: Bool { hasChanges && !isStopped }

    /// Drains the run: no further calls begin, and those under way finish.
    func stop() async {
        isStopped = true
        await control.stop(.drain)
    }

    /// Abandons the calls under way as well.
    func halt() async {
        isStopped = true
        await control.stop(.halt)
    }

    /// An operation has ended that may have changed which contacts the run has to call.
    func noteOperation() async {
        hasChanges = true
        await control.noteContactsChanged()
    }

    /// The run has ended: no call is under way, and every result has been written.
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

/// The labels under which a process that dials a campaign holds the database.
enum RunLabel {
    private static let end = "end of run "
    private static let operations = ": "

    /// While its run is in progress.
    static func running(_ campaign: String) -> String { "run \(campaign)" }

    /// After its run has ended, while operations of other commands, if any, are still under way.
    static func ending(_ campaign: String, _ operations: [String] = []) -> String {
        end + campaign + (operations.isEmpty ? "" : Self.operations + operations.joined(separator: ", "))
    }

    /// Whether the label says that a run has ended, so that the database will soon be free.
    static func isEnding(_ label: String?) -> Bool { label?.hasPrefix(end) ?? false }

    /// Whether the label says that the run of this campaign has ended.
    static func isEnding(_ label: String?, of campaign: String) -> Bool {
        label == ending(campaign) || isWaiting(label, of: campaign)
    }

    /// Whether the label says, in addition, that operations of other commands are still under way.
    static func isWaiting(_ label: String?, of campaign: String) -> Bool {
        label?.hasPrefix(ending(campaign) + operations) ?? false
    }
}
