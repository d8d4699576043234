import CampaignCore
import CampaignFile
import CampaignRunner
import CampaignStore
import Synchronization

/// Has campaigns dialed by the process that holds the database, and shows how they go on.
struct DialingElsewhere {
    enum Result {
        /// How each of the campaigns ended; without those that this process has to go on with.
        case outcomes([String: RunOutcome])
        /// No process takes the request.
        case unavailable
    }

    /// How long a process that is told to abandon its calls may take to say that it has.
    private static let patience = Duration.seconds(10)

    /// More campaigns than this are not named one by one.
    private static let maxNames = 5

    private let loop: RunLoop
    private let campaigns: [LoadedCampaign]

    init(_ loop: RunLoop, _ campaigns: [LoadedCampaign]) {
        self.loop = loop
        self.campaigns = campaigns
    }

    private var names: String { campaigns.map(\.campaign.name).joined(separator: ", ") }

    func run() async throws -> Result {
        let output = loop.options.output
        let display = ProgressDisplay(
            output: output, reportsWaits: loop.runOptions.waits, style: loop.progressStyle)
        let (signals, sink) = AsyncStream.makeStream(of: StopMode.self)
        await loop.stops.connect({ display.printNow() }) { sink.yield($0) }
        defer { loop.stops.disconnect() }
        let request = RunCampaigns(requests: loop.requests(for: campaigns), isDetached: false)
        let known = KnownEnds()
        let result = try await display.refreshing {
            try await givingUp {
                try await converse(request, signals, display) { name, end in known.ends.withLock { $0[name] = end } }
            }
        }
        var ends = known.ends.withLock(\.self)
        switch result {
        case .outcome(let outcome): ends.merge(outcome) { $1 }
        case .unavailable: return .unavailable
        case .lost:
            output.warn(
                Phrase(
                    "the process that dialed \(names) ended without saying how; calls that were under way are in doubt.",
                    "o processo que discava \(names) terminou sem dizer como; as ligações que estavam em andamento estão "
                        + "em dúvida."))
        }
        return .outcomes(outcomes(of: ends))
    }

    /// A process that does not respond, because it is suspended, is not waited for after a second signal.
    private func givingUp<Outcome: Sendable>(
        _ conversation: @escaping @Sendable () async throws -> Outcome
    ) async throws -> Outcome {
        try await withThrowingTaskGroup(of: Outcome?.self) { group in
            group.addTask { try await conversation() }
            group.addTask { [stops = loop.stops] in
                await stops.waitForHalt()
                try await SystemEnvironment.clock.sleep(for: Self.patience)
                return nil
            }
            defer { group.cancelAll() }
            if let outcome = try await group.next() ?? nil { return outcome }
            let status = loop.options.suggested().command("status")
            throw Failure(
                .interrupted,
                Phrase(
                    "stopped; but the process that dials \(names) does not respond, and may go on: see `\(status)`.",
                    "parou; mas o processo que disca \(names) não responde, e pode continuar: veja `\(status)`."))
        }
    }

    private func converse(
        _ request: RunCampaigns, _ signals: AsyncStream<StopMode>, _ display: ProgressDisplay,
        onEnd: (String, DialEnd) -> Void
    ) async throws -> ConversationEnd<RunCampaigns.Outcome> {
        let known = Dictionary(uniqueKeysWithValues: campaigns.map { ($0.campaign.name, $0.campaign) })
        let holder = WriterLock.holding(ofDatabase: loop.options.databasePath)
        var shown: Set<String> = []
        let client = ControlClient(database: loop.options.databasePath)
        return try await client.converse(request, signals: signals) { update in
            switch update {
            case .progress(let name, let progress):
                if shown.isEmpty { display.note(dialed(by: holder)) }
                if let campaign = known[name], shown.insert(name).inserted {
                    let reader = try? loop.options.openReader()
                    display.add(
                        campaign: campaign,
                        forecast: reader.map { RunForecast(campaign: campaign, reader: $0) })
                }
                display.note(progress, of: name)
            case .note(let text): display.note(text)
            case .warning(let text): display.warn(text)
            case .ended(let name, let end):
                onEnd(name, end)
                display.end(campaign: name)
            }
        }
    }

    private func dialed(by holder: WriterLock.Holding) -> Phrase {
        let count = campaigns.count
        let dialed =
            count > Self.maxNames
            ? Phrase("\(count) campaigns are", "\(count) campanhas estão sendo discadas")
            : Phrase(
                "\(names) \(count.noun("is", "are"))",
                "\(names) \(count.noun("está sendo discada", "estão sendo discadas"))")
        return dialed + Phrase(" being dialed by ", " por ") + Phrase(of: holder)
            + Phrase(
                ", which holds the database; shown here. Ctrl-C, or closing this terminal, stops "
                    + "\(count.noun("it", "them")).",
                ", que está com o banco de dados; o andamento aparece aqui. Ctrl-C, ou fechar este terminal, para "
                    + "\(count.noun("essa campanha", "essas campanhas")).")
    }

    @inline(never)  // see `RunLoop.open`
    private func outcomes(of ends: [String: DialEnd]) -> [String: RunOutcome] {
        let reader: Swift.Result<StoreReader, any Error> = Swift.Result { try loop.options.openReader() }
        var outcomes: [String: RunOutcome] = [:]
        for (campaign, end) in ends {
            if case .handedOver = end { continue }
            outcomes[campaign] = RunOutcome(of: end, campaign, reader)
        }
        return outcomes
    }
}

/// How campaigns have ended, as far as the process that dials them has said.
private final class KnownEnds: Sendable {
    let ends = Mutex<[String: DialEnd]>([:])
}
