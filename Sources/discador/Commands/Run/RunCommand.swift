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
        Phrase("Dial until done; the same command resumes.", "Discar até o fim; o mesmo comando continua."),
        discussion: Phrase(
            """
            Outside the calling window the run sleeps until the window opens, and says so. With --canary it stops \
            (exit code 4) if the share of failures among the first calls reaches the brake's limit, or 20% if the \
            campaign has no brake. Whatever interrupts it, the campaign goes on with its canary until that was judged; \
            started again after it has failed, without --canary, it calls everybody.

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
            """,
            """
            Fora do horário de ligação a execução espera até ele começar, e avisa. Com --canary ela para (código de \
            saída 4) se a parcela de falhas entre as primeiras ligações chegar ao limite do freio, ou a 20% se a \
            campanha não tem freio. Seja qual for a interrupção, a campanha continua com o teste até ele ser avaliado; \
            iniciada de novo depois de uma falha do teste, sem --canary, ela liga para todos.

            Ctrl-C (ou SIGTERM, ou SIGHUP, que vem quando o terminal é fechado) não começa outra ligação, espera as que \
            estão em andamento e sai com 130; um segundo abandona as ligações e as deixa em dúvida. SIGUSR1 mostra o \
            andamento.

            Uma campanha pausada não é discada: a execução diz quando e por quem ela foi pausada, e sai com 75 até \
            `discador resume`.

            Várias campanhas são discadas lado a lado. Se outro processo está com o banco de dados (um serviço, ou outra \
            execução), é ele que as disca e este comando mostra; se ele terminar antes, este comando continua. Uma \
            campanha que já está sendo discada segue como começou: --canary, --follow e --no-wait só valem para uma \
            execução que começa. Ctrl-C para as campanhas deste comando, e nenhuma outra. O código de saída é o da \
            campanha que mais precisa de atenção.
            """),
        examples: [
            "discador run cobranca-novembro", "discador run cobranca-novembro --canary 20",
            "discador run cobranca lembretes --progress json",
        ])

    @Argument(
        help: ArgumentHelp(
            SystemEnvironment.language.text(
                "The campaigns: their folders, their campaign.yml, or their names.",
                "As campanhas: suas pastas, seus campaign.yml, ou seus nomes."), valueName: "campaign"))
    var campaigns: [String]

    @Flag(
        help: .text(
            "Exit with 75 instead of waiting while no call may be placed: outside the window, when a day's calls are used "
                + "up, when Z-API asked to wait, or while no instance is connected.",
            "Sair com 75 em vez de esperar quando nenhuma ligação pode ser feita: fora do horário, quando acabaram as "
                + "ligações do dia, quando a Z-API pediu para esperar, ou enquanto nenhuma instância está conectada."))
    var noWait = false

    @Option(
        help: ArgumentHelp(
            SystemEnvironment.language.text(
                "Place this many calls first, wait for their outcomes, and continue only if they are good.",
                "Fazer primeiro tantas ligações, esperar os resultados, e só continuar se forem bons."),
            valueName: "calls"))
    var canary: Int?

    @Flag(
        help: .text(
            "Stay open when everybody has been called, and call contacts that are imported later.",
            "Continuar aberta depois de ligar para todos, e ligar para contatos importados mais tarde."))
    var follow = false

    @Flag(
        help: .text(
            "Only ask the process that holds the database, such as a service, to dial the campaigns; do not wait for their "
                + "end. Exit with 75 if there is none.",
            "Só pedir ao processo que está com o banco de dados, como um serviço, que disque as campanhas; não esperar o "
                + "fim. Sair com 75 se não há nenhum."))
    var detach = false

    @OptionGroup var progress: ProgressOptions
    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard canary.map({ 1...10_000 ~= $0 }) ?? true else {
            throw ValidationError(
                Phrase(
                    "--canary takes a number of calls from 1 to 10000.",
                    "--canary leva um número de ligações de 1 a 10000.")[SystemEnvironment.language])
        }
        if follow, noWait {
            throw ValidationError(
                Phrase(
                    "--follow waits for contacts, and --no-wait does not: choose one.",
                    "--follow espera por contatos, e --no-wait não: escolha um deles.")[SystemEnvironment.language])
        }
        if detach, noWait {
            throw ValidationError(
                Phrase(
                    "--detach does not wait for anything: leave --no-wait out.",
                    "--detach não espera por nada: tire --no-wait.")[SystemEnvironment.language])
        }
    }

    private var runOptions: RunOptions { RunOptions(waits: !noWait, canary: canary, follows: follow) }

    func run() async throws {
        let loaded = try load()
        if noWait, let follower = loaded.first(where: \.campaign.follows) {
            throw Failure(
                .usage,
                Phrase(
                    "\(follower.campaign.name) has follow: true and stays open for contacts that come later, which "
                        + "--no-wait does not wait for: leave one of them out.",
                    "\(follower.campaign.name) tem follow: true e continua aberta para contatos que vêm depois, pelos "
                        + "quais --no-wait não espera: tire um dos dois."))
        }
        // Before the store is opened: once this process holds it, it reads only through it.
        let lists = try loaded.map { try ListStatuses.look(at: $0, options, secrets) }
        for note in lists.compactMap({ $0?.notes }).joined() { options.output.note(note) }
        if detach { return try await start(loaded) }
        introduce(loaded)
        let outcomes = try await StopRequests.obeying { stops in
            var loop = RunLoop(loaded: loaded, runOptions: runOptions, options: options, stops: stops)
            loop.progressStyle = progress.progress
            return try await loop.run()
        }
        var documents: [[UInt8]] = []
        for ((campaign, lists), outcome) in zip(zip(loaded, lists), outcomes) {
            documents += try show(outcome, of: campaign.campaign, lists)
        }
        if options.json { try write(documents, of: loaded.count, outcomes) }
        let status = ExitStatus(worstOf: outcomes.map(\.status))
        if status != .success { throw ExitCode(status.rawValue) }
    }

    /// Says who is about to be called. Before the store is opened, too; what cannot be read is reported by the run itself.
    @inline(never)  // see `RunLoop.open`
    private func introduce(_ loaded: [LoadedCampaign]) {
        guard !options.quiet, let reader = try? StoreReader(path: options.databasePath) else { return }
        let (now, uptime) = (SystemEnvironment.now(), SystemEnvironment.uptime())
        let openings = loaded.compactMap { RunOpening(reader, of: $0.campaign, now: now, uptime: uptime) }
        for opening in openings { options.output.note(opening.phrase(now: now)) }
        guard !openings.isEmpty, options.output.canRedraw else { return }
        options.output.note(
            Phrase(
                "Ctrl-C stops after the calls under way; a second one stops at once and leaves them in doubt.",
                "Ctrl-C para depois das ligações em andamento; um segundo para na hora e as deixa em dúvida."))
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
                    Phrase(
                        "\(other.path) and \(next.path) are both named \(next.campaign.name): give each campaign its own "
                            + "name.",
                        "\(other.path) e \(next.path) têm o mesmo nome, \(next.campaign.name): dê um nome próprio a cada "
                            + "campanha."))
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
            documents.append(Document(campaign: campaign.name, isDialed: outcome == nil, reason: reason?.english))
            guard outcome == nil else {
                if let reason { options.output.warn(reason) }
                continue
            }
            let watch = suggested.command("status", campaign.name, "--watch")
            try options.output.result(
                Phrase("\(campaign.name) is being dialed ", "\(campaign.name) está sendo discada ")
                    + .by(started.holder) + Phrase(". Watch it with `\(watch)`.", ". Acompanhe com `\(watch)`."))
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
            let figures = try outcome.figures.get()
            var context = ReportContext(summary: figures.summary, ownColumns: [], timeZone: campaign.timeZone)
            context.statistics = figures.statistics
            context.words = options.output.language.reportWords
            context.suggested = suggested
            context.terminalWidth = options.output.resultWidth
            if let reader = try? options.openReader() {
                try context.noteNews(reader, of: campaign.name, now: SystemEnvironment.now())
            }
            guard options.json else {
                try options.output.result(context.summaryLines.joined(separator: "\n"))
                return []
            }
            let document = try RunDocument(
                campaign.name, end: outcome.conclusion.word, reason: reason?.english, lists,
                summary: context.summaryJSON())
            return [document.bytes]
        } catch  where outcome.status != .success {
            // To a script, the outcome of the calls matters more than a summary that could not be printed.
            let message = Phrase(of: error)
            // A campaign that is not there has no figures for the same reason.
            if message != reason { options.output.warn(Phrase("error: ", "erro: ") + message) }
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
            options.output.warn(Phrase("error: ", "erro: ") + error.message)
        }
    }
}
