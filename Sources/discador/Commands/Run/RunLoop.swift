import CampaignCore
import CampaignFile
import CampaignRunner
import CampaignStore
import Foundation
import ZAPI

/// Has campaigns dialed to their end, wherever that happens: in this process if the database is free, otherwise in the
/// process that holds it. When that one ends first, this one takes over.
struct RunLoop {
    /// How long to wait for a process that holds the database and takes no requests, such as a short import.
    private static let timeout = Duration.seconds(2)
    /// The same when that process's dialing has ended, and only closing the database is left to do.
    private static let endingTimeout = Duration.seconds(60)
    /// The same when that process dials, and is about to take requests.
    private static let beginningTimeout = Duration.seconds(10)
    /// How long a process that has handed over waits for the service to take the database.
    private static let handOverTime = Duration.seconds(5)
    private static let pause = Duration.milliseconds(50)

    let loaded: [LoadedCampaign]
    let runOptions: RunOptions
    let options: GlobalOptions
    let stops: StopRequests
    /// Nil unless the one campaign is a probe.
    var probe: ProbeCall?
    /// How progress is shown; nil: whatever suits stderr.
    var progressStyle: ProgressStyle?

    /// Dials until every campaign has ended; how each of them ended, in their order.
    func run() async throws -> [RunOutcome] {
        var outcomes: [String: RunOutcome] = [:]
        var since = SystemEnvironment.clock.now
        while true {
            let known = outcomes.count
            let left = loaded.filter { outcomes[$0.campaign.name] == nil }
            guard !left.isEmpty else { return loaded.compactMap { outcomes[$0.campaign.name] } }
            switch open(left) {
            case .success(let store):
                outcomes.merge(try await DialingHere(self, left).run(store)) { $1 }
                let isHandedOver = loaded.contains { outcomes[$0.campaign.name] == nil }
                if !isHandedOver, stops.mode == nil { await forgetOld(store) }
                try store.close()
                // Whoever has asked for the database takes it.
                if isHandedOver { try await waitForHolder() }
            case .failure(let error):
                guard case .held = error else { throw error }
                switch try await DialingElsewhere(self, left).run() {
                case .outcomes(let ended): outcomes.merge(ended) { $1 }
                case .unavailable:
                    guard stops.mode != .halt, since.duration(to: SystemEnvironment.clock.now) < timeout else {
                        return try held(error, left, outcomes)
                    }
                    try await SystemEnvironment.clock.sleep(for: Self.pause)
                    continue
                }
            }
            since = SystemEnvironment.clock.now
            // The process that holds the database is about to end.
            if outcomes.count == known { try await SystemEnvironment.clock.sleep(for: Self.pause) }
        }
    }

    /// Forgets what the campaigns' files say is old (`retention`).
    private func forgetOld(_ store: CampaignStore) async {
        do {
            let pruned = try await store.pruneContacts(before: nil, now: SystemEnvironment.now())
            for line in try await ErasedFiles.end(store).endedLines { options.output.note(line) }
            guard pruned.contacts + pruned.rejected > 0 else { return }
            options.output.note(
                Phrase(
                    "Forgotten because of their age (retention): the people of ",
                    "Apagados por causa da idade (retention): os dados pessoais de ")
                    + .counted(pruned.contacts, .contact) + Phrase(verbatim: "."))
        } catch {
            options.output.warn(
                Phrase("Old contacts cannot be forgotten now (", "Não foi possível apagar os contatos antigos agora (")
                    + Phrase(error) + Phrase("); the next run tries again.", "); a próxima execução tenta de novo."))
        }
    }

    /// Inlined into the asynchronous function, its errors make the optimizer of Swift 6.3.1 crash (CoroSplit).
    @inline(never)
    private func open(_ left: [LoadedCampaign]) -> Result<CampaignStore, StoreError> {
        Result { () throws(StoreError) in
            try options.openStore(for: RunLabel.running(left.map(\.campaign.name)))
        }
    }

    /// The database is held by a process that dials nothing, such as a long import. Paused campaigns would not be dialed
    /// anyway.
    @inline(never)
    private func held(
        _ error: StoreError, _ left: [LoadedCampaign], _ known: [String: RunOutcome]
    ) throws -> [RunOutcome] {
        var outcomes = known
        for campaign in left.map(\.campaign.name) {
            guard stops.mode == nil else {
                let holding = WriterLock.holding(ofDatabase: options.databasePath)
                if case .held(let holder?) = holding, holder.dialing.contains(campaign) {
                    let (status, who) = (options.suggested().command("status"), Phrase(of: holder))
                    throw Failure(
                        .interrupted,
                        Phrase(
                            "stopped; but \(who.english), which dials \(campaign), does not respond, and may go on: see "
                                + "`\(status)`.",
                            "parou; mas \(who.portuguese), que disca \(campaign), não responde, e pode continuar: veja "
                                + "`\(status)`."))
                }
                outcomes[campaign] = RunOutcome(of: .handedOver, campaign, Result { try options.openReader() })
                continue
            }
            guard let reader = try? options.openReader(), let pause = try? reader.pause(campaign: campaign) else {
                throw Failure.unresponsive(error, database: options.databasePath)
            }
            outcomes[campaign] = RunOutcome(of: .paused(pause), campaign, Result { reader })
        }
        return loaded.compactMap { outcomes[$0.campaign.name] }
    }

    private var timeout: Duration {
        let label = WriterLock.holder(ofDatabase: options.databasePath)?.command
        if RunLabel.isEnding(label) { return Self.endingTimeout }
        return RunLabel.isDialing(label) ? Self.beginningTimeout : Self.timeout
    }

    private func waitForHolder() async throws {
        let until = SystemEnvironment.clock.now + Self.handOverTime
        while WriterLock.holder(ofDatabase: options.databasePath) == nil, SystemEnvironment.clock.now < until {
            try await SystemEnvironment.clock.sleep(for: Self.pause)
        }
    }

    func requests(for campaigns: [LoadedCampaign]) -> [DialRequest] {
        campaigns.map {
            var request = DialRequest($0, options: runOptions, isDetached: false)
            request.probe = probe
            return request
        }
    }
}

/// Dials in this process, which holds the database.
struct DialingHere {
    private let loop: RunLoop
    private let campaigns: [LoadedCampaign]

    init(_ loop: RunLoop, _ campaigns: [LoadedCampaign]) {
        self.loop = loop
        self.campaigns = campaigns
    }

    private var names: [String] { campaigns.map(\.campaign.name) }

    /// - Returns: how each of the campaigns ended; without those that were handed over.
    func run(_ store: CampaignStore) async throws -> [String: RunOutcome] {
        let display = ProgressDisplay(
            output: loop.options.output, reportsWaits: loop.runOptions.waits, style: loop.progressStyle)
        let setting = DialingSession.Setting(
            command: RunLabel.running(names), isService: false, options: loop.options,
            onWarning: { display.warn($0) },
            onEnd: { [names, options = loop.options] loaded, end in
                guard !names.contains(loaded.campaign.name) else { return }
                display.makeWay { ServiceReport(options: options).show(end, of: loaded.campaign) }
            })
        let instances = campaigns.flatMap(\.campaign.instances)
        let host = DialingHost(
            store: store, setting: setting,
            pool: try ConnectionPool(
                for: instances,
                // Health checks of an instance that does not answer must not take the connections of calls.
                connections: campaigns.reduce(2 * instances.count) { $0 + $1.campaign.workers },
                output: loop.options.output),
            logger: SystemEnvironment.logger(loop.options) { display.makeWay(for: $0) })
        try noteCancels(store)
        return try await host.withSession { session in
            await loop.stops.connect({ display.printNow() }) { [names] in await session.stop($0, names) }
            defer { loop.stops.disconnect() }
            return try await dial(host, session, display)
        }
    }

    /// Dials, and once more whatever other commands have made ready after the last call.
    private func dial(
        _ host: DialingHost, _ session: DialingSession, _ display: ProgressDisplay
    ) async throws -> [String: RunOutcome] {
        var ends: [String: DialEnd] = [:]
        var left = campaigns
        while !left.isEmpty {
            let ended = try await host.servingRequests(session) {
                try await dial(left, host, session, display)
            }
            ends.merge(ended) { $1 }
            let hasChanges = await session.takeChanges()
            left = []
            for campaign in campaigns
            where try await isUnfinished(campaign.campaign.name, &ends, host, session) && hasChanges {
                left.append(campaign)
            }
        }
        return outcomes(of: ends, host.store)
    }

    /// Whether a campaign whose run had finished has contacts to call: between its run's last look and the closing of
    /// the server, other commands may have made some ready. If somebody has stopped it meanwhile, that is how it ended.
    private func isUnfinished(
        _ campaign: String, _ ends: inout [String: DialEnd], _ host: DialingHost, _ session: DialingSession
    ) async throws -> Bool {
        guard case .ended(var report)? = ends[campaign], report.end == .finished else { return false }
        report.counts = try counts(of: campaign, host.store)
        let isWaiting = report.counts.ready > 0
        let wasStopped = await session.stoppedLate.contains(campaign)
        let isStopped = loop.stops.mode != nil || wasStopped
        if isWaiting, isStopped { report.end = .drained }
        ends[campaign] = .ended(report)
        return isWaiting && !isStopped
    }

    @inline(never)  // see `RunLoop.open`
    private func counts(of campaign: String, _ store: CampaignStore) throws -> StateCounts {
        try store.reader().counts(campaign: campaign)
    }

    private func dial(
        _ left: [LoadedCampaign], _ host: DialingHost, _ session: DialingSession, _ display: ProgressDisplay
    ) async throws -> [String: DialEnd] {
        for campaign in left {
            display.add(
                campaign: campaign.campaign,
                forecast: RunForecast(campaign: campaign.campaign, reader: try host.store.reader()))
        }
        return try await display.refreshing {
            let ends = await withTaskGroup(of: (String, DialEnd).self) { [stops = loop.stops] group in
                for request in loop.requests(for: left) {
                    group.addTask {
                        let end = await session.dial(request) {
                            display.note($0, of: request.campaign)
                        } unless: {
                            stops.mode
                        }
                        display.end(campaign: request.campaign)
                        return (request.campaign, end)
                    }
                }
                return await group.reduce(into: [String: DialEnd]()) { $0[$1.0] = $1.1 }
            }
            await waitForDetached(session)
            return ends
        }
    }

    /// Campaigns that were asked for with --detach are dialed to their end too, unless this process is stopped.
    private func waitForDetached(_ session: DialingSession) async {
        var known: [String] = []
        while loop.stops.mode == nil {
            let detached = await session.detached
            guard !detached.isEmpty else { return }
            if !detached.allSatisfy(known.contains) {
                let (ended, others) = (names.joined(separator: ", "), detached.joined(separator: ", "))
                loop.options.output.note(
                    Phrase(
                        "\(ended) \(names.count.noun("has", "have")) ended; this process goes on with \(others), which "
                            + "nobody watches. Ctrl-C ends it; \(detached.count.noun("it stays", "they stay")) active.",
                        "\(ended) \(names.count.noun("terminou", "terminaram")); este processo continua com \(others), "
                            + "que ninguém acompanha. Ctrl-C encerra; "
                            + "\(detached.count.noun("ela continua ativa", "elas continuam ativas"))."))
            }
            known = detached
            await loop.stops.connect { mode in
                await session.handOver()
                if mode == .halt { await session.stop(.halt, staysActive: true) }
            }
            await session.waitForEnd(of: detached)
        }
    }

    @inline(never)  // see `RunLoop.open`
    private func noteCancels(_ store: CampaignStore) throws {
        let reader = try store.reader()
        for name in names where try reader.isBeingCancelled(campaign: name) {
            loop.options.output.warn(
                Phrase(
                    "a cancel of \(name) was interrupted: the contacts that were waiting are excluded now.",
                    "um cancelamento de \(name) foi interrompido: os contatos que aguardavam são excluídos agora."))
        }
    }

    @inline(never)  // see `RunLoop.open`
    private func outcomes(of ends: [String: DialEnd], _ store: CampaignStore) -> [String: RunOutcome] {
        let reader: Result<StoreReader, any Error> = Result { try store.reader() }
        var outcomes: [String: RunOutcome] = [:]
        for (campaign, end) in ends {
            if case .handedOver = end { continue }
            outcomes[campaign] = RunOutcome(of: end, campaign, reader)
        }
        return outcomes
    }
}
