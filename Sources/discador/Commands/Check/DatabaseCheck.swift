import CampaignCore
import CampaignStore

/// What `check` finds in the database.
struct DatabaseCheck {
    /// Of fewer calls, the answers may still come.
    private static let enoughCalls = 5

    let options: GlobalOptions

    /// Reads the whole database.
    func examine(_ worst: inout ExitStatus) throws -> [Finding] {
        let path = options.databasePath
        let reader: StoreReader
        switch Result(catching: { () throws(StoreError) in try options.openReader() }) {
        case .success(let opened): reader = opened
        case .failure(let error):
            // Where the damage is decides whether it can be opened at all: a finding all the same.
            guard case .corrupt = error else { throw error }
            worst = .disk
            return [Self.finding(isGood: false, error.phrase)]
        }
        let defects = try reader.examine()
        guard defects.isEmpty else {
            worst = .disk
            guard reader.staleness == nil else {
                return defects.map { Self.finding(isGood: false, Phrase(verbatim: $0.text)) }
            }
            let remedy = StoreError.corrupt(path: path, detail: defects.count.counted("defect"))
            return defects.map { Self.finding(isGood: false, Phrase(verbatim: $0.text)) }
                + [Self.finding(isGood: false, Phrase(remedy))]
        }
        return [
            Self.finding(
                isGood: true,
                Phrase(
                    "\(path): every page and value is sound, all totals add up",
                    "\(path): todas as páginas e valores estão íntegros, todos os totais batem") + spooled(reader))
        ]
    }

    /// The spooled results; a user with read permission only may not be able to see them.
    @inline(never)  // see CheckCommand
    private func spooled(_ reader: StoreReader) -> Phrase {
        do throws(StoreError) {
            let count = try reader.spooledResults()
            guard count > 0 else { return Phrase(verbatim: "") }
            return Phrase(
                "; \(count.counted("result")) beside it \(count.noun("waits", "wait")) for the next run",
                "; \(count.counted("resultado")) ao lado dele \(count.noun("aguarda", "aguardam")) a próxima execução")
        } catch {
            return Phrase(
                "; it is not known whether results beside it wait for the next run: ",
                "; não se sabe se há resultados ao lado dele à espera da próxima execução: ") + Phrase(error)
        }
    }

    /// A remark, not an error, that the campaign is paused or being cancelled.
    func pauseFinding(_ campaign: String) throws -> Finding? {
        // A database that cannot be read has its own finding.
        guard let reader = try? options.openReader() else { return nil }
        if try reader.isBeingCancelled(campaign: campaign) {
            return Finding(
                subject: Phrase("cancel", "cancelamento"), isGood: true,
                text: Phrase(
                    "being cancelled: a run excludes the waiting contacts and places no call",
                    "em cancelamento: a execução exclui os contatos que aguardam e não faz ligações"))
        }
        return try reader.pause(campaign: campaign).map { pause in
            let resume = options.suggested().command("resume", campaign)
            let since = pause.phrase(alone: options.output.isJSON ? .iso : .machine)
            return Finding(
                subject: Phrase("pause", "pausa"), isGood: true,
                text: Phrase(
                    "paused \(since.english): a run places no call until `\(resume)`",
                    "pausada \(since.portuguese): nenhuma ligação é feita até `\(resume)`"))
        }
    }

    /// What webhooks say is wrong with a campaign's instances: quarantine, or silence.
    func webhookFindings(of campaign: Campaign, _ suggested: SuggestedCommands) throws -> [Finding] {
        // A database that cannot be read has its own finding.
        guard let reader = try? options.openReader() else { return [] }
        let heard = try reader.hearing(now: SystemEnvironment.now())
        let clock = LocalClock.machine
        return campaign.instances.flatMap { instance in
            let hearing = heard.first { $0.instance == instance.id }
            let problems = [
                hearing?.restPhrase(of: campaign.name, suggested, clock),
                hearing?.silencePhrase(of: campaign.name, suggested, clock),
            ]
            return problems.compactMap(\.self).map {
                var finding = Finding(
                    subject: Phrase("webhooks of \(instance.name)", "webhooks de \(instance.name)"), isGood: false,
                    text: $0)
                finding.instance = instance.name
                return finding
            }
        }
    }

    /// A warning that answers may never be told although the campaign needs them.
    func answersFinding(_ campaign: Campaign) throws -> Finding? {
        // A database that cannot be read has its own finding.
        guard campaign.redial != nil || campaign.perPerson?.unansweredInARow != nil,
            let reader = try? options.openReader(),
            let calls = try reader.callsWithoutAnswer(enough: Self.enoughCalls), calls >= Self.enoughCalls
        else { return nil }
        let consequence =
            campaign.redial == nil
            ? Phrase("perPerson.unansweredInARow never applies", "perPerson.unansweredInARow nunca se aplica")
            : Phrase("nobody is redialed", "ninguém recebe nova ligação")
        let warning = Phrase(
            "Z-API has told of calls that they went out, and never whether somebody answered: accounts without its calls "
                + "contract may never be told. Then ",
            "A Z-API avisou que ligações saíram, mas nunca se alguém atendeu: contas sem o contrato de ligações talvez "
                + "nunca sejam avisadas. Nesse caso, ")
        return Finding(warning: warning + consequence, about: Phrase("answers", "atendimento"))
    }

    /// Whether the database can be used for a campaign.
    func finding(of campaign: String) throws -> Finding {
        let path = options.databasePath
        let reader: StoreReader
        switch Result(catching: { () throws(StoreError) in try options.openReader() }) {
        case .success(let opened):
            reader = opened
        case .failure(.lost(let place)):
            return Self.finding(isGood: false, Phrase(StoreError.lost(path: place)))
        case .failure(.missing):
            return Self.finding(
                isGood: true,
                Phrase(
                    "\(path) does not exist yet; import creates it, and it will not know of calls placed from another "
                        + "database",
                    "\(path) ainda não existe; import o cria, e ele não saberá de ligações feitas a partir de outro banco "
                        + "de dados"))
        case .failure(let error):
            throw error
        }
        guard try reader.campaigns().contains(where: { $0.name == campaign }) else {
            return Self.finding(
                isGood: true,
                Phrase(
                    "\(path) is sound; \(campaign) is not imported yet",
                    "\(path) está íntegro; \(campaign) ainda não foi importada"))
        }
        if let staleness = reader.staleness { return Self.finding(isGood: false, Phrase(staleness)) }
        let counts = try reader.counts(campaign: campaign)
        let holder = WriterLock.holding(ofDatabase: path)
        let sound = Phrase { language in
            let contacts = language.counted(counts.total, .contact)
            return language.text(
                "\(path) is sound; \(contacts), \(counts.ready) to be called",
                "\(path) está íntegro; \(contacts), \(counts.ready) para ligar")
        }
        guard holder != .free else { return Self.finding(isGood: true, sound) }
        return Self.finding(
            isGood: true, sound + Phrase("; in use ", "; em uso ") + .by(holder.phrase))
    }

    private static func finding(isGood: Bool, _ text: Phrase) -> Finding {
        Finding(subject: Phrase("database", "banco de dados"), isGood: isGood, text: text)
    }
}
