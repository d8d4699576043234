import CampaignCore
import CampaignStore
import ZAPI

/// Asks Z-API which contacts that wait have WhatsApp, and writes down what it says, question by question.
struct WhatsAppCheck {
    /// How often a question that came too soon is put again.
    private static let maxRepeats = 5

    let campaign: Campaign
    let options: GlobalOptions

    func run() async throws -> WhatsAppTotals {
        let store = try options.openStore(for: "plan \(campaign.name) --check-whatsapp")
        let line = try ZAPIClient(
            instances: campaign.instances, timeout: campaign.timeout, connections: 1, output: options.output)
        let result: Result<WhatsAppTotals, any Error>
        do {
            result = .success(try await ask(line, store))
        } catch {
            result = .failure(error)
        }
        try await line.shutdown()
        try store.close()
        let totals = try result.get()
        if let warning = totals.warning { options.output.warn(warning) }
        return totals
    }

    private func ask(_ line: ZAPIClient, _ store: CampaignStore) async throws -> WhatsAppTotals {
        let instance = try await connectedInstance(line)
        let reader = try store.reader()
        var totals = WhatsAppTotals()
        var last: Int64 = 0
        while true {
            let contacts = try reader.uncheckedContacts(
                campaign: campaign.name, after: last, limit: ZAPIClient.maxNumbersInCheck)
            guard let end = contacts.last else { return totals }
            last = end.id
            let known = try await answers(to: contacts.map(\.phone), line, instance)
            let answers = contacts.compactMap { contact in
                known[contact.phone].map { (contact: contact.id, answer: $0) }
            }
            var noted = try await store.noteWhatsApp(
                campaign: campaign.name, answers: answers, now: SystemEnvironment.now())
            noted.unanswered = contacts.count - answers.count
            totals.add(noted)
            options.output.note("asked for \((totals.present + totals.absent + totals.unanswered).counted("number"))")
        }
    }

    private func answers(
        to phones: [PhoneNumber], _ line: ZAPIClient, _ instance: Int
    ) async throws -> [PhoneNumber: WhatsAppAnswer] {
        var repeats = 0
        while true {
            do throws(ProviderError) {
                return try await line.whatsApp(of: phones, through: instance)
            } catch {
                guard case .throttled(let wait) = error, repeats < Self.maxRepeats else { throw failure(error) }
                repeats += 1
                try await SystemEnvironment.clock.sleep(for: min(wait ?? .seconds(5 * repeats), .seconds(300)))
            }
        }
    }

    /// The first instance that is connected: a question goes through WhatsApp like a call.
    private func connectedInstance(_ line: ZAPIClient) async throws -> Int {
        var findings: [String] = []
        for (index, instance) in campaign.instances.enumerated() {
            switch await line.health(of: index) {
            case .connected: return index
            case .disconnected(let why), .misconfigured(let why), .unreachable(let why):
                findings.append("\(instance.name): \(why)")
            }
        }
        throw Failure(.unreachable, "No instance can be asked: \(findings.joined(separator: "; ")).")
    }

    private func failure(_ error: ProviderError) -> Failure {
        switch error {
        case .refused: Failure(.stopped, "\(error). What was answered before is kept.")
        case .throttled, .unreachable:
            Failure(.unreachable, "\(error). What was answered before is kept; the same command goes on.")
        }
    }
}

extension WhatsAppTotals {
    /// What somebody should know of the answers that were not taken; nil when there are none.
    fileprivate var warning: String? {
        guard ignored > 0 else { return nil }
        let examples = ignoredExamples.map { "\($0.phone.text) → \($0.outputPhone.text)" }.joined(separator: ", ")
        return
            "Z-API named another line for \(ignored.counted("number")), which is ignored, since it "
            + "would be somebody else's; the contacts keep their own: \(examples)\(ignored > ignoredExamples.count ? ", …" : "")."
    }
}
