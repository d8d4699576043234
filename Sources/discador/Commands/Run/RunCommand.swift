import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignRunner
import CampaignStore
import Foundation
import Reports

/// `discador run`: dials campaigns.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Dial until done; the same command resumes.",
        discussion: """
            Outside the calling window the run sleeps until the window opens, and says so. With --canary it stops \
            (exit code 4) if the share of failures among the first calls reaches the brake's limit, or 20% if the \
            campaign has no brake.

            Ctrl-C (or SIGTERM, or SIGHUP, which is sent when the terminal is closed) begins no further call, waits \
            for the calls under way and exits with 130; a second one abandons them and leaves them in doubt. SIGUSR1 \
            prints the progress.

            A paused campaign is not dialed: the run says when and by whom it was paused, and exits with 75 until \
            `discador resume`.

            Several campaigns are dialed side by side. If another process holds the database (a service, or another \
            run), that one dials them and this command shows it; if it ends first, this command goes on. A campaign that \
            is being dialed already goes on as it began: --canary, --follow and --no-wait apply only to a run that \
            begins. Ctrl-C stops the campaigns of this command, and no others. The exit code is that of the campaign \
            that needs attention most.
            """
    )

    @Argument(
        help: ArgumentHelp("The campaigns: their folders, their campaign.yml, or their names.", valueName: "campaign"))
    var campaigns: [String]

    @Flag(
        help:
            """
            Exit with 75 instead of waiting while no call may be placed: outside the window, when a day's calls are \
            used up, when Z-API asked to wait, or while no instance is connected.
            """
    )
    var noWait = false

    @Option(
        help: ArgumentHelp(
            "Place this many calls first, wait for their outcomes, and continue only if they are good.",
            valueName: "calls"))
    var canary: Int?

    @Flag(help: "Stay open when everybody has been called, and call contacts that are imported later.")
    var follow = false

    @Flag(
        help: """
            Only ask the process that holds the database, such as a service, to dial the campaigns; do not wait for \
            their end. Exit with 75 if there is none.
            """
    )
    var detach = false

    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard canary.map({ 1...10_000 ~= $0 }) ?? true else {
            throw ValidationError("--canary takes a number of calls from 1 to 10000.")
        }
        if follow, noWait { throw ValidationError("--follow waits for contacts, and --no-wait does not: choose one.") }
        if detach, noWait { throw ValidationError("--detach does not wait for anything: leave --no-wait out.") }
    }

    private var runOptions: RunOptions { RunOptions(waits: !noWait, canary: canary, follows: follow) }

    func run() async throws {
        let loaded = try load()
        if noWait, let follower = loaded.first(where: \.campaign.follows) {
            throw Failure(
                .usage,
                "\(follower.campaign.name) has follow: true and stays open for contacts that come later, which --no-wait "
                    + "does not wait for: leave one of them out.")
        }
        // Before the store is opened: once this process holds it, it reads only through it.
        let lists = try loaded.map { try ListStatuses.look(at: $0, options, secrets) }
        for note in lists.compactMap({ $0?.notes }).joined() { options.output.note(note) }
        if detach { return try await start(loaded) }
        let outcomes = try await StopRequests.obeying { stops in
            try await RunLoop(loaded: loaded, runOptions: runOptions, options: options, stops: stops).run()
        }
        var documents: [[UInt8]] = []
        for ((campaign, lists), outcome) in zip(zip(loaded, lists), outcomes) {
            documents += try show(outcome, of: campaign.campaign, lists)
        }
        if options.json { try write(documents, of: loaded.count, outcomes) }
        let status = ExitStatus(worstOf: outcomes.map(\.status))
        if status != .success { throw ExitCode(status.rawValue) }
    }

    /// The campaigns, each once.
    @inline(never)  // see `RunLoop.open`
    private func load() throws -> [LoadedCampaign] {
        var loaded: [LoadedCampaign] = []
        for campaign in campaigns {
            let next = try CampaignLocator(options: options).load(campaign, secrets: secrets)
            if let other = loaded.first(where: { $0.campaign.name == next.campaign.name }) {
                guard other.path != next.path else { continue }
                throw Failure(
                    .usage,
                    "\(other.path) and \(next.path) are both named \(next.campaign.name): give each campaign its own "
                        + "name.")
            }
            loaded.append(next)
        }
        return loaded
    }

    /// Has the holder of the database start the campaigns.
    private func start(_ loaded: [LoadedCampaign]) async throws {
        struct Document: Encodable {
            var campaign: String
            var isDialed: Bool
            var reason: String?
        }
        let started = try await DetachedStart(
            requests: loaded.map { DialRequest($0, options: runOptions, isDetached: true) }, options: options
        ).run()
        let suggested = options.suggested(secrets)
        var documents: [Document] = []
        for campaign in loaded.map(\.campaign) {
            let outcome = started.ends[campaign.name].map {
                RunOutcome(of: $0, campaign.name, Result { try options.openReader() })
            }
            let reason = outcome?.conclusion.reason(of: campaign, suggested)
            documents.append(Document(campaign: campaign.name, isDialed: outcome == nil, reason: reason))
            guard outcome == nil else {
                if let reason { options.output.warn(reason) }
                continue
            }
            try options.output.result(
                "\(campaign.name) is being dialed by \(started.holder). Watch it with "
                    + "`\(suggested.command("status", campaign.name, "--watch"))`.")
        }
        try options.output.result(json: JSONList(documents, named: "campaigns"))
        let statuses = started.ends.values.map { RunOutcome(of: $0, "", Result { try options.openReader() }).status }
        let status = ExitStatus(worstOf: statuses)
        if status != .success { throw ExitCode(status.rawValue) }
    }

    /// - Returns: the document of the outcome, if results are JSON and there are figures.
    @inline(never)  // see `RunLoop.open`
    private func show(_ outcome: RunOutcome, of campaign: Campaign, _ lists: ListStatuses?) throws -> [[UInt8]] {
        let suggested = options.suggested(secrets)
        let reason = outcome.conclusion.reason(of: campaign, suggested)
        defer {
            if let reason { options.output.warn(reason) }
        }
        do {
            var context = ReportContext(
                summary: try outcome.summary.get(), ownColumns: [], timeZone: campaign.timeZone)
            context.suggested = suggested
            if let reader = try? options.openReader() {
                try context.noteNews(reader, of: campaign.name, now: SystemEnvironment.now())
            }
            guard options.json else {
                try options.output.write(context.summaryText())
                return []
            }
            let document = try RunDocument(
                campaign.name, end: outcome.conclusion.word, reason: reason, lists, summary: context.summaryJSON())
            return [document.bytes]
        } catch  where outcome.status != .success {
            // To a script, the outcome of the calls matters more than a summary that could not be printed.
            let message = Failure(error)?.message[options.output.language] ?? "\(error)"
            // A campaign that is not there has no figures for the same reason.
            if message != reason { options.output.warn("error: " + message) }
            return []
        }
    }

    /// The document of one campaign, or one with those of several.
    private func write(_ documents: [[UInt8]], of count: Int, _ outcomes: [RunOutcome]) throws {
        let bytes =
            count == 1 ? documents.first.map(RunDocument.alone) ?? [] : RunDocument.several(documents)
        guard !bytes.isEmpty else { return }
        do throws(Failure) {
            try options.output.write(bytes + Array("\n".utf8))
        } catch {
            guard outcomes.contains(where: { $0.status != .success }) else { throw error }
            options.output.warn("error: " + error.message[options.output.language])
        }
    }
}

/// Has the process that holds the database start campaigns, without watching them.
struct DetachedStart {
    private static let pause = Duration.milliseconds(50)
    /// How long a process that dials may take until it takes requests, such as a service that is just starting.
    private static let patience = Duration.seconds(10)

    let requests: [DialRequest]
    let options: GlobalOptions

    /// - Returns: those that could not be started, with the reason, and who dials the others.
    func run() async throws -> (ends: [String: DialEnd], holder: String) {
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
                return (ends, now.holder == nil ? "the service" : now.description)
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
            throw Failure(
                .unexpected,
                "The process that holds \(path) ended before it answered, and it is not known whether it dials: see "
                    + "`\(options.suggested().command("status"))`.")
        case .unavailable:
            let campaigns = requests.map(\.campaign)
            if case .held(let holder?) = WriterLock.holding(ofDatabase: path),
                RunLabel.isDialing(holder.command) || RunLabel.isEnding(holder.command)
            {
                guard isLate else {
                    return Dictionary(uniqueKeysWithValues: campaigns.map { ($0, DialEnd.handedOver) })
                }
                throw Failure.unresponsive(.held(path: path, holder: holder.description), database: path)
            }
            throw Failure(
                .notNow,
                "No process is there that would dial \(campaigns.joined(separator: ", ")): start a service with "
                    + "`\(options.suggested().command("serve"))`, or leave --detach out. They were not started.")
        }
    }
}
