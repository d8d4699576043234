import CampaignCore
import CampaignRunner
import CampaignStore

/// Has the process that holds the database start campaigns, without watching them.
struct DetachedStart {
    private static let pause = Duration.milliseconds(50)
    /// How long a process that dials may take until it takes requests, such as a service that is just starting.
    private static let patience = Duration.seconds(10)

    let requests: [DialRequest]
    let options: GlobalOptions

    /// - Returns: those that could not be started, with the reason, and who dials the others.
    func run() async throws -> (ends: [String: DialEnd], holder: Phrase) {
        let path = options.databasePath
        var ends: [String: DialEnd] = [:]
        var left = requests
        let since = SystemEnvironment.clock.now
        while true {
            let holding = WriterLock.holding(ofDatabase: path)
            let isLate = since.duration(to: SystemEnvironment.clock.now) > Self.patience
            ends.merge(try await ask(left, isLate: isLate)) { $1 }
            // A process that is about to end starts nothing; another one may follow.
            left = left.filter { if case .handedOver? = ends[$0.campaign] { true } else { false } }
            if left.isEmpty {
                // It may have been started only by this request.
                let now = holding.holder == nil ? WriterLock.holding(ofDatabase: path) : holding
                return (ends, now.holder == nil ? Phrase("the service", "o serviço") : Phrase(of: now))
            }
            for request in left { ends[request.campaign] = nil }
            try await SystemEnvironment.clock.sleep(for: Self.pause)
        }
    }

    /// - Parameter isLate: whether a process that dials and takes no requests is not waited for any longer.
    private func ask(_ requests: [DialRequest], isLate: Bool) async throws -> RunCampaigns.Outcome {
        let path = options.databasePath
        let request = RunCampaigns(requests: requests, isDetached: true)
        let (signals, sink) = AsyncStream.makeStream(of: StopMode.self)
        sink.finish()
        let end = try await ControlClient(database: path).converse(request, signals: signals) { update in
            if case .note(let text) = update { options.output.note(text) }
        }
        switch end {
        case .outcome(let ends): return ends
        case .lost:
            let status = options.suggested().command("status")
            throw Failure(
                .unexpected,
                Phrase(
                    "The process that holds \(path) ended before it answered, and it is not known whether it dials: see "
                        + "`\(status)`.",
                    "O processo que estava com \(path) terminou antes de responder, e não se sabe se ele disca: veja "
                        + "`\(status)`."))
        case .unavailable:
            let campaigns = requests.map(\.campaign)
            if case .held(let holder?) = WriterLock.holding(ofDatabase: path),
                RunLabel.isDialing(holder.command) || RunLabel.isEnding(holder.command)
            {
                guard isLate else {
                    return Dictionary(uniqueKeysWithValues: campaigns.map { ($0, DialEnd.handedOver) })
                }
                throw Failure.unresponsive(.held(path: path, holder: holder.phrase), database: path)
            }
            let (names, serve) = (campaigns.joined(separator: ", "), options.suggested().command("serve"))
            throw Failure(
                .notNow,
                Phrase(
                    "No process is there that would dial \(names): start a service with `\(serve)`, or leave --detach out. "
                        + "They were not started.",
                    "Não há processo que disque \(names): inicie um serviço com `\(serve)`, ou tire --detach. Elas não "
                        + "foram iniciadas."))
        }
    }
}
