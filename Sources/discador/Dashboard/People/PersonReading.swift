import CampaignCore
import CampaignFile
import CampaignStore
import Dashboard

/// Reads all that is known of one person: what `discador why` says.
struct PersonReading {
    private let people: PeopleReading

    init(_ people: PeopleReading) { self.people = people }

    private var reader: StoreReader { people.reader }
    private var viewer: Viewer { people.viewer }

    @inline(never)  // see `RunLoop.open`
    func report(_ key: String) throws -> PersonReport {
        let number = try number(key)
        var known = try NumberReport(
            reader, campaign: people.campaign, written: number.text, read: .success(number), clock: people.clock)
        known.namesCommands = false
        try known.explainWait(reader, now: SystemEnvironment.now()) { try loaded() }
        var report = PersonReport()
        (report.phone, report.times) = (viewer.shown(number), people.clock.name)
        if let contact = known.details.contact { describe(contact, known, &report) }
        if known.details.contact == nil {
            report.facts = [
                Phrase(
                    "\(people.campaign) has no contact with this number: it is not dialed.",
                    "\(people.campaign) não tem contato com este número: ele não recebe ligação.")
            ]
        }
        report.facts = (known.blockLines + report.facts).map { viewer.shown($0) }
        report.history = known.timeline.entries.map { entry in
            (people.clock.text(entry.at), viewer.shown(entry.phrase(people.clock)))
        }
        report.remarks = (known.duplicateLines + known.otherLines).map { viewer.shown($0) }
        let dialed = known.details.contact?.phone ?? number
        report.number = viewer.seesPhones && !dialed.isForgotten ? WrittenNumber.text(dialed) : nil
        if !dialed.isForgotten { report.acts.insert(known.block == nil ? .block : .unblock) }
        return report
    }

    private func describe(_ contact: ContactRow, _ known: NumberReport, _ report: inout PersonReport) {
        report.key = people.key(of: contact)
        report.name = people.name(of: contact)
        (report.state, report.stateName) = (contact.state, contact.state.named(contact.reason))
        report.facts = known.situation(of: contact) { Self.host(of: $0) }
        report.cells = zip(people.columns, contact.own).filter { !$1.isEmpty }.map {
            (viewer.shown($0), viewer.shown(String($1.prefix(500))))
        }
        guard !contact.phone.isForgotten else { return }
        switch contact.state {
        case .inDoubt:
            report.acts.insert(.resolve)
            // Without them, nothing can be resolved from here.
            report.dialed = viewer.seesPhones ? (try? dialed(inDoubt: contact.phone)) ?? [] : []
        case .failed: report.acts.insert(.retry)
        case .accepted where contact.answer == .notAnswered: report.acts.insert(.retry)
        case .excluded where contact.reason != ExclusionReason.held.rawValue: report.acts.insert(.retry)
        case .ready, .dialing, .accepted, .excluded: break
        }
    }

    /// What the calls in doubt of a contact dialed.
    private func dialed(inDoubt phone: PhoneNumber) throws -> [String] {
        try DialedNumbers(reader, campaign: people.campaign, of: [phone]).texts(of: phone)
    }

    /// Of the address of somebody's own sound, only where it is.
    private static func host(of address: String) -> String {
        let host = try? WebAddress(address).host
        return host.map { "…\($0)…" } ?? "…"
    }

    private func number(_ key: String) throws -> PhoneNumber {
        if let id = Viewer.id(inKey: key) {
            guard let phone = try reader.phone(ofContact: id, campaign: people.campaign) else {
                throw DashboardError.notFound
            }
            return phone
        }
        // Numbers, tried one after another, would tell whoever does not see them which one it is.
        guard viewer.seesPhones else { throw DashboardError.notAllowed }
        // First as the campaign has it, whatever its country.
        if let exact = PhoneNumber(text: key), !exact.isForgotten,
            try !reader.contactPage(campaign: people.campaign, of: exact).entries.isEmpty
        {
            return exact
        }
        guard case .success(let number) = WrittenNumber.read(key) else { throw PeopleReading.noNumber(key) }
        return number
    }

    private func loaded() throws -> Campaign {
        let entry = try reader.campaigns().first { $0.name == people.campaign }
        let file = entry?.file ?? people.campaign
        return try CampaignFile.load(
            file, environmentFile: nil, environment: SystemEnvironment.environment, needsSecrets: false
        ).campaign
    }
}
