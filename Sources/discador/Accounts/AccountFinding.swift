import CampaignCore
import ZAPI

/// Something about an instance's account at Z-API that bears on a campaign.
struct AccountFinding: Equatable, Sendable {
    enum Level: String, Encodable, Sendable {
        case ok
        /// A person should know it; calls are placed all the same.
        case warning
        /// Something that the campaign file asks for cannot happen.
        case error
    }

    /// What it is about, such as `webhooks`.
    var subject: Phrase
    var level: Level
    var text: Phrase
}

/// What Z-API has answered about one instance.
struct AccountAnswers: Sendable {
    /// Whether it keeps no call while the phone is disconnected; nil: it was not asked to.
    var queue: Result<SettingOutcome, ProviderError>?
    var account: Result<InstanceAccount, ProviderError>
}

/// What follows from an instance's account for a campaign.
struct AccountRule {
    /// Z-API's words for an account whose payment is in trouble; its documentation lists none.
    private static let troubledPayments = [
        "OVERDUE", "UNPAID", "PAST_DUE", "EXPIRED", "CANCEL", "SUSPEND", "BLOCK", "DEFAULT", "REFUSED", "FAILED",
    ]

    let campaign: Campaign
    /// When its last call is forecast to end; nil when that is not known.
    let endsAt: Timestamp?
    let now: Timestamp
    /// The addresses at which this database accepts webhooks.
    let known: KnownWebhooks
    /// Formats commands that the user may want next.
    let suggested: SuggestedCommands
    /// The clock on which times are told; nil: that of the campaign's time zone.
    var clock: LocalClock?

    func findings(_ answers: AccountAnswers, of instance: Instance) -> [AccountFinding] {
        switch answers.account {
        case .failure(let error):
            // Most likely for the same reason.
            if case .failure? = answers.queue {
                return [
                    warning(
                        Self.account,
                        Phrase("it can neither be read nor set up: ", "não pode ser lida nem configurada: ")
                            + error.clause)
                ]
            }
            return queue(answers.queue) + [
                warning(
                    Self.account,
                    Phrase("it cannot be read: ", "não pode ser lida: ") + error.clause)
            ]
        case .success(let account):
            return queue(answers.queue) + [payment(account)] + incomingCalls(account) + webhooks(account, of: instance)
        }
    }

    private static func isTroubled(_ word: String) -> Bool {
        let word = word.uppercased()
        return troubledPayments.contains { word.contains($0) }
    }

    // MARK: Queue

    private func queue(_ outcome: Result<SettingOutcome, ProviderError>?) -> [AccountFinding] {
        let queue = Phrase("queue", "fila")
        let danger = Phrase(
            "what it holds then rings when the phone is back, at any hour",
            "o que ela guarda toca quando o telefone volta, a qualquer hora")
        return switch outcome {
        case nil:
            [
                ok(
                    queue,
                    Phrase(
                        "Z-API's setting is left as it is (queueWhileDisconnected: allow)",
                        "a configuração da Z-API fica como está (queueWhileDisconnected: allow)"))
            ]
        case .success(.set)?:
            [
                ok(
                    queue,
                    Phrase(
                        "Z-API keeps no call while the phone is disconnected",
                        "a Z-API não guarda ligações enquanto o telefone está desconectado"))
            ]
        case .success(.notAvailable)?:
            [
                ok(
                    queue,
                    Phrase(
                        "Z-API has no setting to keep no call while the phone is disconnected; ",
                        "a Z-API não tem como deixar de guardar ligações enquanto o telefone está desconectado; ")
                        + danger)
            ]
        case .failure(let error)?:
            [
                warning(
                    queue,
                    Phrase(
                        "Z-API may keep calls while the phone is disconnected, and ",
                        "a Z-API pode guardar ligações enquanto o telefone está desconectado, e ") + danger
                        + Phrase(verbatim: ": ") + error.clause)
            ]
        }
    }

    // MARK: Account

    private func payment(_ account: InstanceAccount) -> AccountFinding {
        let clock = clock ?? LocalClock(campaign.timeZone)
        let payment = Phrase("payment", "pagamento")
        let status = account.paymentStatus.map { " (\($0))" } ?? ""
        let until = account.due.map { clock.alone($0) + Phrase(verbatim: status) } ?? Phrase(verbatim: "")
        if let due = account.due, due <= now {
            return warning(
                payment,
                Phrase(
                    "it was paid until \(until.english), and may be stopped at any time: renew it",
                    "estava paga até \(until.portuguese) e pode ser interrompida a qualquer momento: renove"))
        }
        if let due = account.due, let endsAt, due < endsAt {
            let end = clock.alone(endsAt)
            return warning(
                payment,
                Phrase(
                    "it is paid until \(until.english), and the campaign ends about \(end.english): renew it before",
                    "está paga até \(until.portuguese), e a campanha termina por volta de \(end.portuguese): renove antes"
                ))
        }
        if let word = account.paymentStatus, Self.isTroubled(word) {
            return warning(
                payment,
                Phrase(
                    "Z-API says \(word), and may stop the instance: settle it in Z-API's panel",
                    "a Z-API diz \(word) e pode interromper a instância: resolva no painel da Z-API"))
        }
        guard account.due != nil else {
            return ok(
                payment,
                Phrase(
                    "Z-API does not say until when it is paid\(status)",
                    "a Z-API não diz até quando está paga\(status)"))
        }
        return ok(payment, Phrase("paid until \(until.english)", "paga até \(until.portuguese)"))
    }

    private func incomingCalls(_ account: InstanceAccount) -> [AccountFinding] {
        let calls = Phrase("incoming calls", "ligações recebidas")
        return switch account.rejectsCalls {
        case true?: [warning(calls, InstanceAccount.rejectionWarning)]
        case false?: [ok(calls, Phrase("people who call back get through", "quem retorna a ligação consegue falar"))]
        case nil: []
        }
    }

    // MARK: Webhooks

    private func webhooks(_ account: InstanceAccount, of instance: Instance) -> [AccountFinding] {
        let missing = account.missing(in: known, of: instance.id)
        guard !missing.isEmpty else {
            let own =
                account.receivesSentByMe == false
                ? [warning(Self.webhooks, InstanceAccount.sentByMeWarning)] : []
            let unfinished = known.unfinished(account, of: instance.id).map { unfinished in
                warning(
                    Self.webhooks,
                    unfinished.text(
                        of: campaign.name, instance: instance.name, suggested, clock ?? LocalClock.machine))
            }
            let posts = Phrase { language in
                let words = Callback.needed.map(\.words).inWords(language)
                return language.text(
                    "Z-API posts \(words) to this database", "a Z-API envia \(words) a este banco de dados")
            }
            return [ok(Self.webhooks, posts)] + [unfinished].compactMap(\.self) + own
        }
        let state =
            state(account, missing, of: instance) + Phrase(verbatim: "; ")
            + account.remedy(missing, of: campaign.name, suggested)
        if campaign.redial != nil {
            return [
                AccountFinding(
                    subject: Self.webhooks, level: .error,
                    text: state
                        + Phrase(
                            ": redial never happens without webhooks", ": redial nunca acontece sem webhooks"))
            ]
        }
        if campaign.perPerson?.unansweredInARow != nil {
            return [
                warning(
                    Self.webhooks,
                    state
                        + Phrase(
                            ": perPerson.unansweredInARow never applies without webhooks",
                            ": perPerson.unansweredInARow nunca se aplica sem webhooks"))
            ]
        }
        let purpose = Phrase(" to know what happens to the people", " para saber o que acontece com as pessoas")
        return known.addresses(of: instance.id).isEmpty
            ? [ok(Self.webhooks, state + purpose)] : [warning(Self.webhooks, state)]
    }

    private func state(_ account: InstanceAccount, _ missing: [Callback], of instance: Instance) -> Phrase {
        let hosts = hosts(account, of: missing)
        return Phrase { language in
            guard missing.count == Callback.needed.count else {
                let words = missing.map(\.words).inWords(language)
                return language.text(
                    "Z-API has no address of this database for \(words)",
                    "a Z-API não tem um endereço deste banco de dados para \(words)")
            }
            guard !hosts.isEmpty else {
                return language.text("no webhooks are set", "nenhum webhook está configurado")
            }
            let hosts = hosts.map { Phrase(recorded: $0) }.inWords(language)
            return language.text(
                "Z-API posts events to \(hosts), and not to this database",
                "a Z-API envia os eventos a \(hosts), e não a este banco de dados")
        }
    }

    /// Where Z-API posts events of these kinds.
    private func hosts(_ account: InstanceAccount, of kinds: [Callback]) -> [String] {
        kinds.compactMap { account.callbacks[$0]?.host }
            .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private static let account = Phrase("account", "conta")
    private static let webhooks = Phrase(verbatim: "webhooks")

    private func ok(_ subject: Phrase, _ text: Phrase) -> AccountFinding {
        AccountFinding(subject: subject, level: .ok, text: text)
    }

    private func warning(_ subject: Phrase, _ text: Phrase) -> AccountFinding {
        AccountFinding(subject: subject, level: .warning, text: text)
    }
}
