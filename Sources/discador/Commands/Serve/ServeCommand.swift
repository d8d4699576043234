import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignRunner
import CampaignStore
import Foundation
import Logging
import Webhooks
import ZAPI

/// `discador serve`: holds the database until it is stopped, and dials what other commands ask for.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "The resident service: dial whatever is active, until it is stopped.",
        discussion: """
            It goes on with every campaign that was being dialed when the last process ended, also after a crash or a \
            reboot, and dials what `discador run` asks for from other terminals. The values of ${…} in a campaign file \
            come from the command that asked, or from this process's environment and its env file; they are never \
            written anywhere.

            What cannot be dialed (a file that has gone, a variable that is not set) is said once, and the rest goes on. \
            SIGTERM, SIGINT or SIGHUP begins no further call, waits for the calls under way, and ends with 0; the \
            campaigns stay active for the next start. A second signal abandons the calls and leaves them in doubt. SIGUSR1 \
            prints the progress of each campaign.
            """
    )

    @Argument(
        help: ArgumentHelp(
            "Campaigns to start, as by `run --detach`: their folders, their campaign.yml, or their names.",
            valueName: "campaign"))
    var campaigns: [String] = []

    @OptionGroup var webhooks: WebhookOptions
    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let receiving = try webhooks.configuration()
        var inherited = try InheritedSocket.take(forDatabase: options.databasePath)
        if let warning = inherited?.warning { options.output.warn(warning) }
        let logger = SystemEnvironment.logger(options, level: .info)
        let notifier = ServiceNotifier.takenFromEnvironment(logger: logger)
        let (store, handedOver) = try await ServiceTakeover(options: options).open()
        if let reason = inherited?.whyNotFound() {
            options.output.warn(reason)
            inherited = nil
        }
        let setting = DialingSession.Setting(
            command: RunLabel.service, isService: true, options: options, environmentFile: secrets.envFile,
            hearsEvents: receiving != nil, onWarning: { [options] in options.output.warn($0) },
            onEnd: { [options] in ServiceReport(options: options).show($1, of: $0.campaign) })
        let host = DialingHost(
            store: store, setting: setting,
            pool: try ConnectionPool(for: [], connections: 0, output: options.output), logger: logger,
            inherited: inherited)
        let failure = try await StopRequests.obeying { stops in
            try await host.withSession { session in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    let (ready, sink) = AsyncStream.makeStream(of: Void.self)
                    group.addTask {
                        // Only then: signs of life could fill the service manager's queue before it hears that.
                        for await _ in ready {}
                        await notifier.watch(on: SystemEnvironment.clock) {
                            await session.ping()
                            return true
                        }
                    }
                    let upkeep = ServiceUpkeep(store: store, logger: logger)
                    group.addTask { await upkeep.run(on: SystemEnvironment.clock) }
                    defer { group.cancelAll() }
                    return try await serve(
                        host, session, stops, (notifier, { sink.finish() }), (handedOver, receiving))
                }
            }
        }
        try close(store)
        if let failure { throw failure }
    }

    /// Serves until it is stopped.
    ///
    /// - Returns: why the database cannot be written any more; nil when the service was stopped.
    private func serve(
        _ host: DialingHost, _ session: DialingSession, _ stops: StopRequests,
        _ manager: (notifier: ServiceNotifier, isReady: () -> Void),
        _ work: (handedOver: [DialRequest], receiving: WebhookServerConfiguration?)
    ) async throws -> StoreError? {
        let events = EventReceiver(session, logger: host.logger)
        // To the very end: the calls that are waited for have events too.
        let failure = try await events.receiving(work.receiving, onListening: { note($0, work.receiving) }) {
            try await host.servingRequests(session, events: events) {
                await serve(host, session, stops, manager, work.handedOver)
            }
        }
        options.output.note("Stopped; no call is under way. Active campaigns go on with the next start.")
        return failure
    }

    /// The same, once webhooks are received: an event of a call that is just being placed must find somebody.
    private func serve(
        _ host: DialingHost, _ session: DialingSession, _ stops: StopRequests,
        _ manager: (notifier: ServiceNotifier, isReady: () -> Void), _ handedOver: [DialRequest]
    ) async -> StoreError? {
        await start(session, host.store, handedOver)
        manager.notifier.ready(status: "dialing \(await session.campaigns.count.counted("campaign"))")
        manager.isReady()
        options.output.note(
            "discador \(Discador.version) serves \(options.databasePath); "
                + "\(await session.campaigns.count.counted("campaign")) being dialed.")
        let failure = await session.waitForStop(stops)
        manager.notifier.stopping()
        return failure
    }

    private func note(_ port: Int, _ receiving: WebhookServerConfiguration?) {
        guard var address = receiving?.address else { return }
        address.port = port
        options.output.note("Webhooks are received at \(address).")
    }

    /// Goes on with what was active, and starts what the command line names. What cannot be dialed is said, and stays
    /// active.
    ///
    /// - Parameter handedOver: what the process dialed that held the database before.
    private func start(_ session: DialingSession, _ store: CampaignStore, _ handedOver: [DialRequest]) async {
        let report = ServiceReport(options: options)
        for request in handedOver { await session.keepForResume(request) }
        for request in requests(store, report, handedOver) {
            guard let end = await session.start(request) else { continue }
            report.show(end, of: request.campaign)
            guard let reason = report.reason(for: end, of: request.campaign) else { continue }
            try? await store.noteObstacle(campaign: request.campaign, reason: reason)
        }
    }

    @inline(never)  // see `RunLoop.open`
    private func requests(
        _ store: CampaignStore, _ report: ServiceReport, _ handedOver: [DialRequest]
    ) -> [DialRequest] {
        var requests: [DialRequest] = []
        for campaign in campaigns {
            do {
                let loaded = try CampaignFile.load(
                    file(of: campaign, store), environmentFile: secrets.envFile,
                    environment: SystemEnvironment.environment)
                requests.append(DialRequest(loaded, options: RunOptions(), isDetached: true))
            } catch {
                report.show(.failed(Failure(error) ?? Failure(.unexpected, "\(error)")), of: campaign)
            }
        }
        let active = (try? store.reader().activeCampaigns()) ?? []
        for campaign in active where !requests.contains(where: { $0.campaign == campaign.name }) {
            if let pause = campaign.pause {
                options.output.note("\(campaign.name) is paused \(pause.text), and goes on when it is resumed.")
            } else {
                var request = DialRequest(campaign)
                // The values of this process's own environment are the newest, if it has them all.
                if (try? request.load(environmentFile: secrets.envFile)) == nil {
                    request = handedOver.first { $0.campaign == campaign.name } ?? request
                }
                request.options.keepsTrying = true
                request.isDetached = true
                requests.append(request)
            }
        }
        return requests
    }

    /// With the writer's own reader: this process holds the database.
    private func file(of argument: String, _ store: CampaignStore) -> String {
        if FileManager.default.fileExists(atPath: argument) { return argument }
        let known = (try? store.reader().campaigns()) ?? []
        return known.first { $0.name == argument }?.file ?? argument
    }

    @inline(never)  // see `RunLoop.open`
    private func close(_ store: CampaignStore) throws { try store.close() }
}

/// Takes the database for a service: a run that holds it hands over.
private struct ServiceTakeover {
    private static let pause = Duration.milliseconds(50)
    /// A run drains first: its calls under way may take as long as a request may, and ring.
    private static let timeout = Duration.seconds(330)

    let options: GlobalOptions

    /// - Returns: also what the process dialed that held the database before.
    func open() async throws -> (store: CampaignStore, handedOver: [DialRequest]) {
        var asked: Int32?
        var handedOver: [DialRequest] = []
        let since = SystemEnvironment.clock.now
        while true {
            switch openStore() {
            case .success(let store): return (store, handedOver)
            case .failure(let error):
                guard case .held = error else { throw error }
                guard since.duration(to: SystemEnvironment.clock.now) < Self.timeout else {
                    throw Failure.unresponsive(error, database: options.databasePath)
                }
                let holder = WriterLock.holder(ofDatabase: options.databasePath)?.pid
                // Once of each process: a terminal may have taken over from the one that was asked.
                guard holder == nil || holder != asked else { break }
                switch try await askToHandOver() {
                case .done(let outcome)?:
                    asked = holder
                    // A terminal that has taken over in between hands over what it dials itself, and no more.
                    let requests = (try? JSONDecoder().decode(HandOver.Outcome.self, from: outcome))?.requests ?? []
                    handedOver.removeAll { known in requests.contains { $0.campaign == known.campaign } }
                    handedOver += requests
                    options.output.note("The process that dialed hands over; waiting for its calls under way.")
                case .failed(let failure)?: throw failure
                // It takes no requests, such as an import, or is about to end, or ended before it answered.
                case nil, .closing?, .update?:
                    guard since.duration(to: SystemEnvironment.clock.now) < .seconds(10) else {
                        throw Failure.unresponsive(error, database: options.databasePath)
                    }
                }
            }
            try await SystemEnvironment.clock.sleep(for: Self.pause)
        }
    }

    /// Nil when nobody has answered, such as a process that was killed meanwhile. It does no harm to ask again.
    private func askToHandOver() async throws -> ControlResponse? {
        do {
            return try await ControlClient(database: options.databasePath).send { ControlRequest(HandOver()) }
        } catch let failure as Failure where failure.exit == .unexpected {
            return nil
        }
    }

    @inline(never)  // see `RunLoop.open`
    private func openStore() -> Result<CampaignStore, StoreError> {
        Result { () throws(StoreError) in try options.openStore(for: RunLabel.service) }
    }
}

/// What a service says about the campaigns that it dials by itself.
struct ServiceReport: Sendable {
    let options: GlobalOptions

    func show(_ end: DialEnd, of campaign: Campaign) {
        guard case .ended(let report) = end else { return show(end, of: campaign.name) }
        // Somebody has asked for it, and knows.
        if [.drained, .halted].contains(report.end) { return }
        if let reason = report.end.explanation(of: campaign, options.suggested()) {
            options.output.warn("\(campaign.name): \(reason)")
        } else {
            options.output.note(
                "\(campaign.name) is done: \(report.counts.accepted) accepted, \(report.counts.failed) failed, "
                    + "\(report.counts.inDoubt) in doubt, \(report.counts.excluded) excluded.")
        }
    }

    /// Why a campaign cannot be dialed, for `status`; nil when it was dialed, or is paused.
    func reason(for end: DialEnd, of campaign: String) -> String? {
        switch end {
        case .ended(let report):
            report.end.lastingReason(of: Campaign(name: campaign, instances: []), options.suggested())
        case .failed(let failure): failure.message.english
        case .paused, .handedOver: nil
        }
    }

    func show(_ end: DialEnd, of campaign: String) {
        switch end {
        case .handedOver: break
        case .ended(let report):
            if let reason = report.end.lastingReason(of: Campaign(name: campaign, instances: []), options.suggested()) {
                options.output.warn("\(campaign) cannot be dialed: \(reason) The others go on.")
            }
        case .paused(let pause): options.output.note("\(campaign) is paused \(pause.text): it is not dialed.")
        case .failed(let failure):
            options.output.warn(
                Phrase(
                    "\(campaign) cannot be dialed: \(failure.message.english) The others go on.",
                    "\(campaign) não pode ser discada: \(failure.message.portuguese) As outras continuam."))
        }
    }
}
