import CampaignCore
import CampaignStore
import Foundation

/// Campaigns in a line each.
struct CampaignTable {
    /// What is of interest.
    enum Purpose {
        /// What there is.
        case list
        /// How far they are, and what they wait for.
        case status
    }

    let campaigns: [CampaignOverview]
    let holding: WriterLock.Holding
    let purpose: Purpose
    private let clock: LocalClock

    init(
        _ campaigns: [CampaignOverview], holding: WriterLock.Holding, for purpose: Purpose,
        machineZone: TimeZone = .current
    ) {
        self.campaigns = campaigns
        self.holding = holding
        self.purpose = purpose
        let zones = Set(campaigns.map { $0.timeZone.flatMap { TimeZone(identifier: $0) } ?? machineZone })
        clock = LocalClock(zones.count == 1 ? zones.first ?? machineZone : machineZone)
    }

    /// The whole table, and below it which zone its times are of.
    ///
    /// - Parameter width: of the terminal; nil when there is none.
    func lines(_ language: Language, width: Int?) -> [String] {
        let rows = campaigns.map { row($0, language) }
        let table = TextTable(columns(language), sample: rows, width: width)
        return [table.header] + rows.map(table.line) + [clock.name[language]]
    }

    private func columns(_ language: Language) -> [TextTable.Column] {
        let name = TextTable.Column(language.text("campaign", "campanha"))
        let state = TextTable.Column(language.text("state", "situação"))
        let accepted = TextTable.Column(language.text("accepted", "aceitas"), isRight: true)
        let answered = TextTable.Column(language.text("answered", "atendidas"), isRight: true, isOptional: true)
        let inDoubt = TextTable.Column(language.text("in doubt", "em dúvida"), isRight: true, isOptional: true)
        let last = TextTable.Column(language.text("last call", "última ligação"), isOptional: true, isWhole: true)
        let remark = TextTable.Column(language.text("remark", "observação"), isOptional: true)
        let done = TextTable.Column(language.text("done", "feito"), isRight: true)
        switch purpose {
        case .list:
            let contacts = TextTable.Column(language.text("contacts", "contatos"), isRight: true)
            return [name, state, contacts, done, accepted, answered, inDoubt, last, remark]
        case .status:
            let failed = TextTable.Column(language.text("failed", "falharam"), isRight: true, isOptional: true)
            return [name, state, done, accepted, answered, failed, inDoubt, last, remark]
        }
    }

    private func row(_ campaign: CampaignOverview, _ language: Language) -> [String] {
        let counts = campaign.counts
        let state = campaign.state(holding).phrase[language]
        let share = "\(counts.total == 0 ? 0 : counts.finished * 100 / counts.total)%"
        let last = campaign.lastCallAt.map { clock.text($0, withSeconds: false)[language] } ?? "–"
        let end = ["\(counts.inDoubt)", last, remark(of: campaign)?[language] ?? ""]
        switch purpose {
        case .list:
            return [campaign.name, state, "\(counts.total)", share, "\(counts.accepted)", "\(campaign.answered)"] + end
        case .status:
            let done = "\(counts.finished)/\(counts.total) \(share)"
            return [campaign.name, state, done, "\(counts.accepted)", "\(campaign.answered)", "\(counts.failed)"] + end
        }
    }

    /// What it waits for, or why nobody dials it; nil when there is nothing to say, or its state and figures say it.
    private func remark(of campaign: CampaignOverview) -> Phrase? {
        let status = DialingStatus(DialingFacts(campaign, holding, now: SystemEnvironment.now()))
        return switch status.word {
        case .dialing, .unknown, .idle, .doubt, .replies, .done: nil
        case .noProcess: Phrase("no process dials it", "nenhum processo a disca")
        case .pace, .window, .cap, .instance, .retry, .perPerson, .heldBack, .canary, .answers, .contacts, .stopping,
            .paused, .cancelling, .expired, .brake, .audio, .contradiction, .obstacle, .held, .empty:
            status.clause(TimeWords(clock))
        }
    }
}

extension CampaignOverview {
    /// Whether a process dials it now.
    func isDialed(_ holding: WriterLock.Holding) -> Bool { holding.holder?.dialing.contains(name) ?? false }

    func state(_ holding: WriterLock.Holding) -> CampaignWord {
        CampaignWord(activity, counts, isDialed: isDialed(holding))
    }
}

/// What is to become of a campaign, in one word.
enum CampaignWord: String, Encodable {
    /// Somebody may be called, but nobody has asked for that.
    case idle
    /// It is to be dialed until done, by whichever process can.
    case active
    case paused
    /// Nobody is left to be called.
    case done

    /// A pause wins: nobody dials it, whatever somebody has asked for.
    init(_ activity: CampaignActivity, _ counts: StateCounts, isDialed: Bool) {
        if activity.pause != nil {
            self = .paused
        } else if activity.isActive || isDialed {
            self = .active
        } else {
            self = counts.ready + counts.dialing == 0 ? .done : .idle
        }
    }

    var phrase: Phrase {
        switch self {
        case .idle: Phrase(rawValue, "parada")
        case .active: Phrase(rawValue, "ativa")
        case .paused: Phrase(rawValue, "pausada")
        case .done: Phrase(rawValue, "concluída")
        }
    }
}
