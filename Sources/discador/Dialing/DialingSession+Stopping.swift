import CampaignCore
import CampaignFile
import CampaignRunner
import CampaignStore

/// How the campaigns of a session are stopped, paused and handed over.
extension DialingSession {
    /// Stops the runs of campaigns.
    ///
    /// - Parameters:
    ///   - campaigns: nil means all of them.
    ///   - staysActive: whether they stay active, so that a later process goes on with them.
    func stop(_ mode: StopMode, _ campaigns: [String]? = nil, staysActive: Bool = false) {
        for campaign in campaigns ?? Array(runs.keys) {
            // As the dispatcher does: halting is more than draining, and whoever wants its end keeps others from going
            // on with it, also while it is being handed over.
            let earlier = runs[campaign]?.stop
            runs[campaign]?.stop = (
                earlier?.mode == .halt ? .halt : mode, staysActive && earlier?.staysActive ?? true
            )
            if !staysActive { runs[campaign]?.isHandedOver = false }
            if runs[campaign] == nil { stoppedLate.insert(campaign) }
            control.stop(mode, campaign: campaign, staysActive: staysActive)
        }
    }

    /// Stops a campaign that is being paused; one that nobody watches stays active, and goes on when it is resumed.
    ///
    /// - Returns: whether it is being dialed.
    func pause(_ campaign: String) -> Bool {
        guard let run = runs[campaign] else {
            stoppedLate.insert(campaign)
            return false
        }
        if run.isDetached { paused[campaign] = run.request }
        stop(.drain, [campaign], staysActive: run.isDetached)
        return true
    }

    /// Goes on with a campaign that was resumed, if it is active and nobody else would.
    ///
    /// - Parameter active: the campaign, as the database has it.
    /// - Returns: whether it is being dialed, or why it cannot be.
    func resume(_ active: ActiveCampaign) async -> (isDialed: Bool, obstacle: Failure?) {
        // Its last calls may still be under way.
        await waitForStopped(active.name)
        if isDialing(active.name) { return (true, nil) }
        guard let request = paused[active.name] ?? (isService ? DialRequest(active) : nil) else { return (false, nil) }
        switch await start(request) {
        case nil:
            paused[active.name] = nil
            return (true, nil)
        case .failed(let failure)?: return (false, failure)
        case .ended(let report)?:
            let suggested = options.suggested()
            let reason = (try? request.load(environmentFile: environmentFile)).flatMap {
                report.end.lastingReason(of: $0.campaign, suggested)
            }
            return (report.end == .finished, reason.map { Failure(ExitStatus(report), $0) })
        case .paused?, .handedOver?: return (false, nil)
        }
    }

    /// Stops all runs so that another process goes on with them.
    ///
    /// - Returns: what that process needs to go on with them, and with those that are paused.
    @discardableResult
    func handOver() -> [DialRequest] {
        for campaign in runs.keys where runs[campaign]?.isStopped == false {
            runs[campaign]?.isHandedOver = true
            stop(.drain, [campaign], staysActive: true)
        }
        return runs.values.filter(\.isHandedOver).map(\.request) + paused.values
    }

    /// Keeps the request of a campaign that is paused until it is resumed.
    func keepForResume(_ request: DialRequest) { paused[request.campaign] = request }

    /// Goes on with campaigns whose watchers have gone without asking for their end.
    func detach(_ campaigns: [String]) {
        for campaign in campaigns { runs[campaign]?.isDetached = true }
    }

    /// Takes no further campaigns.
    func close() { isClosing = true }

    /// Takes campaigns again.
    func reopen() { isClosing = false }

    // MARK: A service's end

    /// Without the disk, a service can do nothing; whoever starts it again begins from what is on it.
    func noteStoreFailure(_ error: StoreError) {
        storeFailure = storeFailure ?? error
        stopSink?.finish()
    }

    /// Waits until the service is asked to stop, or the database cannot be written any more; then stops all campaigns,
    /// which stay active.
    ///
    /// - Returns: why the database cannot be written any more.
    func waitForStop(_ stops: StopRequests) async -> StoreError? {
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        stopSink = end
        if storeFailure != nil { end.finish() }
        await stops.connect({ await self.printProgress() }) { mode in
            await self.handOver()
            if mode == .halt { await self.stop(.halt, staysActive: true) }
            end.finish()
        }
        for await _ in ends {}
        isClosing = true
        handOver()
        return storeFailure
    }

    /// Prints a line for each campaign that is being dialed.
    private func printProgress() {
        let now = SystemEnvironment.now()
        let lines = runs.sorted { $0.key < $1.key }.compactMap { _, run in
            run.observers.latest.map {
                ProgressText($0, of: run.loaded.campaign, now: now, language: options.output.language).line
            }
        }
        guard lines.isEmpty else { return lines.forEach { options.output.note($0) } }
        options.output.note(Phrase("No campaign is being dialed.", "Nenhuma campanha está sendo discada."))
    }

    // MARK: Contradictions

    /// A run has ended. If that was because another campaign uses an instance in another way, it stays active and begins
    /// when some other has ended; any other end may be what those wait for.
    func noteContradiction(_ run: Run?, _ end: DialEnd) async {
        if let run, run.isDetached, case .ended(let report) = end, case .contradicts = report.end {
            let campaign = run.loaded.campaign
            contradicted[campaign.name] = run.request
            let reason = report.end.lastingReason(of: campaign, options.suggested())
            // Without the disk, its next start says it again.
            let asked = run.request.options
            try? await store.activate(campaign: campaign.name, follows: asked.follows, canary: asked.canary)
            try? await store.noteObstacle(campaign: campaign.name, reason: reason)
            return
        }
        let requests = contradicted.values
        contradicted = [:]
        guard !isClosing else { return }
        for request in requests {
            guard case nil = enter(request) else { continue }
            runs[request.campaign]?.isDetached = true
        }
    }
}
