import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignRunner
import CampaignStore
import Foundation

/// `discador webhooks probe`: one call to the user's own number, and every event that it causes.
struct WebhooksProbeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe",
        Phrase(
            "Place ONE call to your own number, and show every event that Z-API sends about it.",
            "Faz UMA ligação para o seu próprio número e mostra cada evento que a Z-API envia sobre ela."),
        discussion: Phrase(
            """
            Z-API documents the events of incoming calls only, and they depend on the account: this shows what \
            it says about yours. Answer the call, or let it ring; run it once for each.

            It is a real call, with a campaign of its own (webhooks-probe-…) that is imported and dialed like \
            any other: the do-not-call list, the calling window, caps and limits hold. It is refused outside the \
            window, unless --now is given. Something must receive the events meanwhile: `discador serve \
            --webhooks`.
            """,
            """
            A Z-API só documenta os eventos de ligações recebidas, e eles dependem da conta: isto mostra o que \
            ela conta na sua. Atenda a ligação, ou deixe tocar; execute uma vez para cada caso.

            É uma ligação de verdade, com uma campanha própria (webhooks-probe-…), importada e discada como \
            qualquer outra: valem a lista de não ligar, o horário de ligação, os limites por dia e o ritmo. Fora \
            do horário é recusada, a não ser com --now. Algo precisa receber os eventos enquanto isso: `discador \
            serve --webhooks`.
            """),
        examples: [
            "discador webhooks probe cobranca-novembro --to 5511987654321"
        ])

    @Argument(help: .campaign, completion: .campaign)
    var campaign: String

    @Option(
        help: .text(
            "Your own number, complete, with its country code and digits only.",
            "O seu próprio número, completo, com o código do país e só dígitos.", valueName: "phone"))
    var to: String

    @Option(
        help: .text(
            "The instance that calls, by its name in the campaign file. [default: the first one]",
            "A instância que liga, pelo nome no arquivo da campanha. [padrão: a primeira]", valueName: "name"))
    var instance: String?

    @Option(
        help: .text(
            "How long events are waited for after the call.",
            "Quanto tempo se espera por eventos depois da ligação.", valueName: "seconds"))
    var seconds = 60

    @Flag(
        help: .text(
            "Call outside the calling window too.",
            "Liga também fora do horário de ligação."))
    var now = false

    @Flag(
        help: .text(
            "Call without asking.",
            "Liga sem perguntar."))
    var yes = false

    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard 1...3600 ~= seconds else {
            throw ValidationError(
                Phrase(
                    "--seconds takes a number from 1 to 3600.", "--seconds aceita um número de 1 a 3600.")[
                        SystemEnvironment.language])
        }
    }

    func run() async throws {
        let (probe, loaded, phone) = try prepare()
        guard try isWanted(phone, through: probe.instance) else { return }
        try await importContact(phone, loaded)
        let watch = try ProbeWatch(options: options, instance: loaded.campaign.instances.first?.id ?? "")
        let report = try await StopRequests.obeying { stops in
            var loop = RunLoop(
                loaded: [loaded], runOptions: RunOptions(waits: false), options: options, stops: stops)
            loop.probe = probe
            let outcome = try await loop.run().first
            var report = try self.report(of: probe, to: phone, outcome)
            try options.output.result(report.callLine)
            guard report.outcome == .accepted || report.outcome == .inDoubt else { return report }
            options.output.note(
                Phrase(
                    "Waiting \(seconds.counted("second")) for events; Ctrl-C ends that …",
                    "Aguardando eventos por \(seconds.counted("segundo")); Ctrl-C encerra a espera …"))
            report.events = try await watch.events(for: .seconds(seconds)) { stops.mode != nil }
            // Events may have said more about the call.
            report.answer = try self.report(of: probe, to: phone, outcome).answer
            return report
        }
        try options.output.result(json: report)
        try options.output.result(conclusion(report))
        if report.exit != .success { throw ExitCode(report.exit.rawValue) }
    }

    @inline(never)  // see `RunLoop.open`
    private func report(of probe: ProbeCall, to phone: PhoneNumber, _ outcome: RunOutcome?) throws -> ProbeReport {
        let details = try options.openReader().details(of: phone, campaign: probe.campaign)
        var report = ProbeReport(
            campaign: probe.campaign, phone: phone.text, instance: probe.instance, events: [])
        report.reason =
            outcome?.conclusion.reason(
                of: Campaign(name: probe.campaign, instances: []), options.suggested(secrets))
        if let attempt = details.attempts.last {
            report.outcome = attempt.outcome
            report.reason = attempt.error.map { Phrase(recorded: $0) } ?? report.reason
            report.zaapId = attempt.receipt?.zaapId
            report.messageId = attempt.receipt?.messageId
            report.answer = attempt.answer?.rawValue
        } else if let contact = details.contact, contact.state != .ready {
            report.reason = report.reason ?? contact.statePhrase
        }
        return report
    }

    private func conclusion(_ report: ProbeReport) -> Phrase {
        let why = options.suggested().command("why", report.campaign, report.phone)
        guard report.outcome == .accepted || report.outcome == .inDoubt else {
            return Phrase("No event is waited for. `\(why)` says more.", "Nenhum evento é esperado. `\(why)` diz mais.")
        }
        guard report.events.isEmpty else {
            return .counted(report.events.count, .event)
                + Phrase(
                    ". They stay in the database, with the call: `\(why)`.",
                    ". Ficam no banco de dados, com a ligação: `\(why)`.")
        }
        let (serve, test) = (
            options.suggested().serveCommand(), options.suggested(secrets).command("webhooks", "test", campaign)
        )
        return Phrase(
            "No event came. Is `\(serve)` running? `\(test)` finds out where they are lost.",
            "Nenhum evento chegou. `\(serve)` está em execução? `\(test)` descobre onde eles se perdem.")
    }

    /// The probe with its campaign, if the number may be called now.
    @inline(never)  // see `RunLoop.open`
    private func prepare() throws -> (ProbeCall, LoadedCampaign, PhoneNumber) {
        let source = try CampaignLocator(options: options).load(campaign, secrets: secrets)
        let phone = try Self.number(to, country: source.campaign.country)
        guard let caller = try source.campaign.instances(named: instance).first else {
            throw Failure(
                .badInput,
                Phrase(
                    "\(source.campaign.name) has no instance: add one to \(source.path).",
                    "\(source.campaign.name) não tem instância: acrescente uma em \(source.path)."))
        }
        let moment = SystemEnvironment.now()
        let probe = ProbeCall(
            source: source.campaign.name, campaign: ProbeCall.campaign(at: moment), instance: caller.name,
            ignoresWindow: now)
        let loaded = try probe.applied(to: source)
        if FileManager.default.fileExists(atPath: options.databasePath),
            let block = try options.openReader().block(of: phone)
        {
            let remove = options.suggested().command("block", "remove", phone.text)
            throw Failure(
                .badInput,
                Phrase(
                    "\(phone.text) has been on the do-not-call list since ",
                    "\(phone.text) está na lista de não ligar desde ")
                    + .moment(block.since)
                    + Phrase(
                        ", so it was not called: probe another number of yours, or remove it with `\(remove)`.",
                        ", por isso não recebeu a ligação: teste com outro número seu, ou tire-o da lista com `\(remove)`."
                    ))
        }
        if let hold = WindowHold(of: phone, in: loaded.campaign, now: moment) {
            throw Failure(
                .notNow,
                hold.phrase(LocalClock.machine)
                    + Phrase(
                        " Nobody was called. Add --now to call all the same.",
                        " Ninguém recebeu ligação. Acrescente --now para ligar mesmo assim."))
        }
        return (probe, loaded, phone)
    }

    /// Nothing in the number is guessed: a call to a stranger cannot be taken back.
    private static func number(_ text: String, country: String) throws(Failure) -> PhoneNumber {
        let remedy = Phrase(
            ": write it completely, with its country code and digits only, such as 5511987654321.",
            ": escreva-o completo, com o código do país e só dígitos, como 5511987654321.")
        guard let reader = PhoneReader(country: country), case .success(let phone) = reader.read("+" + text) else {
            throw Failure(
                .usage,
                Phrase("--to: “\(text)” is not a phone number", "--to: “\(text)” não é um número de telefone") + remedy)
        }
        guard phone.text == text else {
            throw Failure(
                .usage,
                Phrase(
                    "--to: “\(text)” would be read as \(phone.text), and a probe guesses nothing",
                    "--to: “\(text)” seria lido como \(phone.text), e este teste não adivinha nada") + remedy)
        }
        return phone
    }

    /// Asks the user to type the number once more.
    private func isWanted(_ phone: PhoneNumber, through instance: String) throws -> Bool {
        guard !yes else { return true }
        let question = Phrase(
            "This places ONE call to \(phone.spelled) through \(instance). Type the number again to call it:",
            "Isto faz UMA ligação para \(phone.spelled) por \(instance). Digite o número de novo para ligar:")
        guard let answer = options.output.answer(to: question) else {
            throw Failure(
                .usage,
                Phrase(
                    "Nobody was called, because there is no terminal to ask on: add --yes.",
                    "Ninguém recebeu ligação, porque não há terminal para perguntar: acrescente --yes."))
        }
        guard answer == phone.text else {
            options.output.note(
                Phrase(
                    "Nobody was called: that is not \(phone.text).",
                    "Ninguém recebeu ligação: isso não é \(phone.text)."))
            return false
        }
        return true
    }

    /// Imports the number as a list of one row.
    private func importContact(_ phone: PhoneNumber, _ loaded: LoadedCampaign) async throws {
        let place = FileManager.default.temporaryDirectory.path
        let list = try TemporaryFile(for: (place, "\(loaded.campaign.name).csv"))
        defer { list.remove() }
        do throws(SystemError) {
            try list.file.write(Array("telefone\n+\(phone.text)\n".utf8))
        } catch {
            throw Failure(
                .disk,
                Phrase("\(list.path) cannot be written: ", "\(list.path) não pode ser gravado: ") + error.phrase
                    + Phrase(verbatim: "."))
        }
        list.close()
        var source = loaded
        // Not the file itself: no other campaign has it.
        source.path += "#\(loaded.campaign.name)"
        let operation = ImportLists(
            loaded: source, lists: [ListFile(list.path, named: "webhooks probe")], rejectsFolder: place)
        let outcome = try await OperationRunner(options: options).run(operation)
        guard outcome.contacts == 1 else {
            throw Failure(
                .badInput,
                Phrase(
                    "\(phone.text) could not be imported as a contact, so it was not called.",
                    "\(phone.text) não pôde ser importado como contato, por isso não recebeu a ligação."))
        }
    }
}
