import CampaignRunner

/// The run of this process, and those that follow it immediately, as seen by the operations that other commands request
/// meanwhile.
actor ActiveRun {
    /// The campaign that is dialed.
    nonisolated let campaign: String
    /// Whether no call is under way, and every result is written.
    private(set) var hasEnded = false
    /// Whether it was asked to stop, so that no other run may follow it.
    private(set) var isStopped = false
    private var control = RunControl()
    private var hasChanges = false
    private var waiters: [CheckedContinuation<Void, Never>] = []

    init(of campaign: String) {
        self.campaign = campaign
    }

    /// A run begins; it is stopped through the handle that is returned.
    func begin() async -> RunControl {
        control = RunControl()
        hasEnded = false
        hasChanges = false
        if isStopped { await control.stop(.drain) }
        return control
    }

    /// Whether contacts that came in too late for this run are dialed by one that follows it immediately.
    var mayBeFollowed: Bool { hasChanges && !isStopped }

    /// Begins no further call; those under way are waited for.
    func stop() async {
        isStopped = true
        await control.stop(.drain)
    }

    /// Gives up the calls under way, too.
    func halt() async {
        isStopped = true
        await control.stop(.halt)
    }

    /// An operation has ended, which may have changed whom the run has to call.
    func noteOperation() async {
        hasChanges = true
        await control.noteContactsChanged()
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

/// What the process that dials a campaign says it is doing while it holds the database.
enum RunLabel {
    private static let end = "end of run "
    private static let operations = ": "

    /// Its run goes on.
    static func running(_ campaign: String) -> String { "run \(campaign)" }

    /// Its run has ended, and it holds the database until these operations of other commands are done, if there are
    /// any.
    static func ending(_ campaign: String, _ operations: [String] = []) -> String {
        end + campaign + (operations.isEmpty ? "" : Self.operations + operations.joined(separator: ", "))
    }

    /// Whether it says that a run has ended, so that the database will be free before long.
    static func isEnding(_ label: String?) -> Bool { label?.hasPrefix(end) ?? false }

    /// Whether it says that the run of this campaign has ended.
    static func isEnding(_ label: String?, of campaign: String) -> Bool {
        label == ending(campaign) || isWaiting(label, of: campaign)
    }

    /// Whether it also says that operations of other commands are still under way.
    static func isWaiting(_ label: String?, of campaign: String) -> Bool {
        label?.hasPrefix(ending(campaign) + operations) ?? false
    }
}
