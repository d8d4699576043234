import CampaignCore
import CampaignStore
import ZAPI

/// Asks Z-API which waiting contacts have WhatsApp, and records each answer.
struct WhatsAppCheck {
    /// How often a throttled request is repeated.
    private static let maxRepeats = 5

    let campaign: Campaign
    let options: GlobalOptions

    func run() async throws -> WhatsAppTotals {
        let store = try options.openStore(for: "plan \(campaign.name) --check-whatsapp")
        let client = try ZAPIClient(
            instances: campaign.instances, timeout: campaign.timeout, connections: 1, output: options.output)
        let result: Result<WhatsAppTotals, any Error>
        do {
            let detail = ActionDetail(campaign: campaign.name)
            result = .success(
                try await ActionLog(store: store).logging("plan --check-whatsapp", detail) { totals in
                    ["present": totals.present, "absent": totals.absent]
                } _: {
                    try await ask(store, client)
                })
        } catch {
            result = .failure(error)
        }
        try await client.pool.shutdown()
        try store.close()
        let totals = try result.get()
        if let warning = totals.warning { options.output.warn(warning) }
        return totals
    }

    private func ask(_ store: CampaignStore, _ client: ZAPIClient) async throws -> WhatsAppTotals {
        let instance = try await connectedInstance(client)
        let reader = try store.reader()
        var totals = WhatsAppTotals()
        // Further numbers are asked about in their turn.
        while true {
            let more = try await askOnce(store, reader, client, instance, &totals)
            guard more else { return totals }
        }
    }

    /// - Returns: whether contacts have got another number.
    private func askOnce(
        _ store: CampaignStore, _ reader: StoreReader, _ client: ZAPIClient, _ instance: Int,
        _ totals: inout WhatsAppTotals
    ) async throws -> Bool {
        let before = totals.movedOn
        var last: Int64 = 0
        while true {
            let contacts = try reader.uncheckedContacts(
                campaign: campaign.name, after: last, limit: ZAPIClient.maxNumbersInCheck)
            guard let end = contacts.last else { return totals.movedOn > before }
            last = end.id
            let known = try await answers(to: contacts.map(\.phone), client, instance)
            let answers = contacts.compactMap { contact in
                known[contact.phone].map { (contact: contact.id, answer: $0) }
            }
            var noted = try await store.noteWhatsApp(
                campaign: campaign.name, answers: answers, fallsBack: campaign.fallsBack,
                now: SystemEnvironment.now())
            noted.unanswered = contacts.count - answers.count
            totals.add(noted)
            let asked = totals.present + totals.absent + totals.unanswered
            options.output.note(
                Phrase("asked about ", "consultados até agora: ") + .counted(asked, .number))
        }
    }

    private func answers(
        to phones: [PhoneNumber], _ client: ZAPIClient, _ instance: Int
    ) async throws -> [PhoneNumber: WhatsAppAnswer] {
        var repeats = 0
        while true {
            do throws(ProviderError) {
                return try await client.whatsApp(of: phones, through: instance)
            } catch {
                guard case .throttled(let wait) = error, repeats < Self.maxRepeats else { throw failure(error) }
                repeats += 1
                try await SystemEnvironment.clock.sleep(for: min(wait ?? .seconds(5 * repeats), .seconds(300)))
            }
        }
    }

    /// The first connected instance: a check goes through WhatsApp like a call.
    private func connectedInstance(_ client: ZAPIClient) async throws -> Int {
        var findings: [Phrase] = []
        for (index, instance) in campaign.instances.enumerated() {
            switch await client.health(of: index) {
            case .connected: return index
            case .disconnected(let why), .misconfigured(let why), .unreachable(let why):
                findings.append(Phrase(verbatim: "\(instance.name): ") + Phrase(recorded: why))
            }
        }
        throw Failure(
            .unreachable,
            Phrase("No instance can be asked: ", "Nenhuma instância pode ser consultada: ")
                + findings.joined(separator: "; ") + Phrase(verbatim: "."))
    }

    private func failure(_ error: ProviderError) -> Failure {
        switch error {
        case .refused:
            Failure(
                .stopped,
                Phrase(error)
                    + Phrase(
                        ". The answers received so far are kept.",
                        ". As respostas recebidas até agora ficam guardadas."))
        case .throttled, .unreachable:
            Failure(
                .unreachable,
                Phrase(error)
                    + Phrase(
                        ". The answers received so far are kept; run the same command to continue.",
                        ". As respostas recebidas até agora ficam guardadas; execute o mesmo comando para continuar."))
        }
    }
}

extension WhatsAppTotals {
    /// A warning about answers that were ignored; nil when there are none.
    fileprivate var warning: Phrase? {
        guard ignored > 0 else { return nil }
        let examples = ignoredExamples.map { "\($0.phone.text) → \($0.outputPhone.text)" }.joined(separator: ", ")
        let shown = examples + (ignored > ignoredExamples.count ? ", …" : "")
        return Phrase(
            "Z-API answered with another subscriber's number for \(ignored.counted("number")), which is "
                + "ignored; the contacts keep their own: \(shown).",
            "A Z-API respondeu com o número de outro assinante para \(ignored.counted("número")); isso é ignorado, e os "
                + "contatos ficam com o seu: \(shown).")
    }
}
