import CampaignCore
import CampaignFile
import CampaignRunner
import CampaignStore
import Foundation
import Logging
import ZAPI

/// The campaigns that this process dials: those of its own command, and those that other commands have asked for.
///
/// Each campaign is dialed once, however many asked for it; all of them hear how it goes on and how it ends.
actor DialingSession {
    /// A campaign that is being dialed.
    struct Run {
        /// The last one that brought values: whoever goes on with the campaign uses these.
        var request: DialRequest
        let loaded: LoadedCampaign
        let observers = ProgressObservers()
        var waiters: [CheckedContinuation<DialEnd, Never>] = []
        var isDetached: Bool
        /// Whether it ends because this process does, so that another one has to go on.
        var isHandedOver = false
        /// What somebody has asked for; nil: nothing yet.
        var stop: (mode: StopMode, staysActive: Bool)?
        /// Whether an operation has changed contacts since its run began.
        var hasChanges = false

        /// Whether somebody has asked for its end.
        var isStopped: Bool { stop != nil }
    }

    /// What this process does, for the label of the database's lock.
    nonisolated let command: String
    /// Whether it goes on until it is stopped, whatever it has to dial.
    nonisolated let isService: Bool
    nonisolated let store: CampaignStore
    let options: GlobalOptions
    let environmentFile: String?
    let setting: Setting
    private let logger: Logger
    let pool: ConnectionPool
    let control = DispatcherControl()
    nonisolated let outboxes: Outboxes
    nonisolated let notices: CampaignNotices
    let reviews = CampaignReviews()
    private let dispatcher: Dispatcher<ContinuousClock>
    private let starts: AsyncStream<String>
    private let starter: AsyncStream<String>.Continuation
    var runs: [String: Run] = [:]
    /// Why the database cannot be written any more; nil while it can.
    var storeFailure: StoreError?
    /// Whether an operation has changed contacts since this was last asked.
    var hasChanges = false
    var isClosing = false
    /// Finished when the database cannot be written any more.
    var stopSink: AsyncStream<Void>.Continuation?
    /// Requests of campaigns that were paused while nobody watched them: they go on when they are resumed.
    var paused: [String: DialRequest] = [:]
    /// Requests of campaigns that use an instance in another way than one that is being dialed: they begin when that has
    /// ended.
    var contradicted: [String: DialRequest] = [:]
    /// Campaigns whose end was asked for when they were not being dialed any more: contacts that have come in late do not
    /// start them again.
    var stoppedLate: Set<String> = []
    /// How campaigns that nobody watches have ended; for whoever had them started.
    private var ends: [String: DialEnd] = [:]

    init(
        _ store: CampaignStore, _ setting: Setting, pool: ConnectionPool, logger: Logger
    ) {
        self.store = store
        self.pool = pool
        self.logger = logger
        outboxes = Outboxes(pool: pool, logger: logger)
        notices = CampaignNotices(outboxes)
        command = setting.command
        isService = setting.isService
        options = setting.options
        environmentFile = setting.environmentFile
        self.setting = setting
        (starts, starter) = AsyncStream.makeStream(of: String.self)
        var dependencies = Dispatcher<ContinuousClock>.Dependencies(
            clock: SystemEnvironment.clock, now: SystemEnvironment.now, uptime: SystemEnvironment.uptime,
            random: SystemEnvironment.random, logger: logger)
        dependencies.maxInFlight = OpenFileLimit.affordable(connections: .max)
        dispatcher = Dispatcher(store: store, control: control, dependencies: dependencies)
        store.noteCommand(command, dialing: [])
    }

    // MARK: Running

    /// Dials what is asked for, until `finish`.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { [dispatcher] in await dispatcher.run() }
            group.addTask { [outboxes] in await outboxes.run() }
            group.addTask { [reviews] in await reviews.run() }
            for await campaign in starts { group.addTask { await self.carryOut(campaign) } }
        }
    }

    /// Ends `run` once no campaign is being dialed.
    func finish() {
        isClosing = true
        control.close()
        outboxes.end()
        reviews.end()
        starter.finish()
    }

    /// Whether the dispatcher's loop responds.
    nonisolated func ping() async { await control.ping() }

    // MARK: Requests

    /// Has a campaign dialed, and waits for its end.
    ///
    /// - Parameters:
    ///   - onWarning: told what a person should know about its instances.
    ///   - requestedStop: what whoever asks has asked for in the meantime; nil: nothing. A later request must come
    ///     through `stop`.
    func dial(
        _ request: DialRequest, onProgress: @escaping ProgressObservers.Observer,
        onWarning: @escaping ProgressObservers.Listener = { _ in },
        unless requestedStop: @Sendable () -> StopMode? = { nil }
    ) async -> DialEnd {
        await waitForStopped(request.campaign)
        if let end = enter(request) { return end }
        runs[request.campaign]?.observers.add(onProgress, onWarning: onWarning)
        if let mode = requestedStop() { stop(mode, [request.campaign]) }
        return await end(of: request.campaign)
    }

    /// Has a campaign dialed, and waits until that has begun.
    ///
    /// - Returns: why it has not; nil when it has.
    func start(_ request: DialRequest) async -> DialEnd? {
        await waitForStopped(request.campaign)
        if let end = enter(request) { return end }
        runs[request.campaign]?.isDetached = true
        guard let observers = runs[request.campaign]?.observers else { return nil }
        await observers.waitForBeginning()
        // It may have ended before it began.
        return runs[request.campaign] == nil ? ends[request.campaign] : nil
    }

    /// Whoever asks for a campaign whose run somebody else is just ending wants another one.
    func waitForStopped(_ campaign: String) async {
        while runs[campaign]?.isStopped ?? false { _ = await end(of: campaign) }
    }

    /// Enters a campaign among those to be dialed, unless it is there already.
    ///
    /// - Returns: why it is not there.
    func enter(_ request: DialRequest) -> DialEnd? {
        guard !isClosing else { return .handedOver }
        // One that brings no values has nothing to add.
        if request.variables == nil, runs[request.campaign] != nil { return nil }
        do {
            let loaded = try request.load(environmentFile: environmentFile)
            guard let run = runs[request.campaign] else {
                runs[request.campaign] = Run(request: request, loaded: loaded, isDetached: request.isDetached)
                stoppedLate.remove(request.campaign)
                noteLabel()
                starter.yield(request.campaign)
                return nil
            }
            // For its next run.
            runs[request.campaign]?.request.variables = request.variables
            runs[request.campaign]?.request.file = request.file
            if run.loaded.campaign != loaded.campaign {
                logger.warning(
                    "the campaign file or a variable has changed since this run began; that applies from the next run on",
                    metadata: ["campaign": "\(request.campaign)"])
            }
            return nil
        } catch {
            return .failed(Failure(error) ?? Failure(.unexpected, Phrase(of: error)))
        }
    }

    func end(of campaign: String) async -> DialEnd {
        await withCheckedContinuation { continuation in
            guard runs[campaign] != nil else { return continuation.resume(returning: .handedOver) }
            runs[campaign]?.waiters.append(continuation)
        }
    }

    /// Whether a campaign is dialed with another file than the one that is there now.
    func isOutdated(_ request: DialRequest) -> Bool {
        guard let run = runs[request.campaign], let loaded = try? request.load(environmentFile: environmentFile) else {
            return false
        }
        return run.loaded.campaign != loaded.campaign
    }

    // MARK: Runs

    private func carryOut(_ campaign: String) async {
        guard let run = runs[campaign] else { return }
        let (name, actor) = (run.loaded.campaign.name, run.request.by)
        // The run does not wait for the log.
        async let action = begin(name, by: actor)
        let watch = setting.watch?(run.loaded.campaign)
        if let watch { run.observers.add(watch.onProgress) }
        let end: DialEnd
        do {
            end = try await dial(run)
        } catch {
            if let error = error as? StoreError, ExitStatus(error) == .disk { noteStoreFailure(error) }
            end = .failed(Failure(error) ?? Failure(.unexpected, Phrase(of: error)))
        }
        let ended = runs.removeValue(forKey: campaign)
        noteLabel()
        if ended?.isDetached ?? false {
            ends[campaign] = end
            // Whoever started it is told why it has not begun.
            if run.observers.hasBegun { setting.onEnd(run.loaded, end) }
        }
        notices.tell(end, of: campaign)
        notices.noteEnd(of: run.request.campaign)
        run.observers.end()
        watch?.onEnd()
        await noteContradiction(ended, end)
        for waiter in ended?.waiters ?? [] { waiter.resume(returning: end) }
        await log(end, of: await action, run)
    }

    /// Dials a campaign, again and again if contacts have come in too late for its run.
    private func dial(_ run: Run) async throws -> DialEnd {
        let campaign = run.loaded.campaign
        let client = self.client(of: run)
        var isReviewed = false
        notices.follow(campaign) { [observers = run.observers] in observers.warn($0) }
        ends[campaign.name] = nil
        while true {
            if let end = try await endBeforeBeginning(run) { return end }
            if let pause = try store.reader().pause(campaign: campaign.name) {
                // It brings newer values than the request that was paused.
                if paused[campaign.name] != nil { paused[campaign.name]?.variables = run.request.variables }
                return .paused(pause)
            }
            try await store.finishCancels(of: campaign.name)
            runs[campaign.name]?.hasChanges = false
            let dialed = dialed(run, through: client)
            // From here on, whoever stops it comes after it in the dispatcher's mailbox.
            if runs[campaign.name]?.isStopped ?? false { continue }
            if !isReviewed { review(run, through: client) }
            isReviewed = true
            var report = try await control.dial(dialed)
            // A stop that came too late for the dispatcher: nobody goes on with it.
            if report.staysActive, let stop = runs[campaign.name]?.stop, !stop.staysActive {
                try await store.deactivate(campaign: campaign.name)
                report.staysActive = false
            }
            if case .storeFailed(let error, _) = report.end { noteStoreFailure(error) }
            let now = runs[campaign.name]
            if [.drained, .halted].contains(report.end), now?.isHandedOver ?? false { return .handedOver }
            guard report.end == .finished, let now, now.hasChanges, !now.isStopped,
                try store.reader().counts(campaign: campaign.name).ready > 0
            else { return .ended(report) }
        }
    }

    /// The end of a run that was stopped before the dispatcher heard of it; nil when nobody has.
    private func endBeforeBeginning(_ run: Run) async throws -> DialEnd? {
        let name = run.loaded.campaign.name
        guard let now = runs[name], let stop = now.stop else { return nil }
        if stop.staysActive {
            let options = run.request.options
            try await store.activate(campaign: name, follows: options.follows, canary: options.canary)
        } else {
            try await store.deactivate(campaign: name)
        }
        if now.isHandedOver { return .handedOver }
        return .ended(
            RunReport(
                end: stop.mode == .halt ? .halted : .drained, counts: try store.reader().counts(campaign: name),
                staysActive: stop.staysActive))
    }

    private func noteLabel() {
        store.noteCommand(command, dialing: campaigns)
    }
}
