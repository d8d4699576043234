import CampaignCore
import CampaignFile
import CampaignStore
import Foundation
import Reports

/// Everything that is known about one number in a campaign, and what happens next.
struct NumberReport {
    /// How many digits at the end of a number identify it in a rejected row.
    private static let significantDigits = 8
    private static let maxRejects = 20

    let written: String
    let campaign: String
    /// Formats commands that the user may want next.
    var suggested = SuggestedCommands()
    /// Whether it says which commands help; a page has buttons.
    var namesCommands = true
    /// The number; nil when `written` is not a number.
    private(set) var number: PhoneNumber?
    private(set) var problem: PhoneProblem?
    private(set) var block: BlockEntry?
    private(set) var details = ContactDetails()
    private(set) var timeline = PersonTimeline(ContactDetails(), nil) { _ in nil }
    /// Items of the provider queue that may be its calls in doubt.
    private(set) var evidence: [QueueEvidence] = []
    /// The window, if it is closed now for this waiting contact.
    var window: WindowHold?
    /// Until when this waiting contact is not called because events of its last call may still come; nil: it may be.
    var eventsComeUntil: Timestamp?
    /// What `perPerson` says of this waiting contact now.
    var limited = PersonHistory.Ruling.mayBeCalled
    /// Why it cannot be determined whether the window is open.
    var windowProblem: Phrase?
    /// The names of the contact's own columns.
    private(set) var columns: [String] = []
    /// On which times are told.
    private(set) var clock = LocalClock.machine
    /// Rejected rows that may be about the number.
    private(set) var rejects: [RejectRow] = []

    /// - Parameter clock: on which times are told; nil is that of the campaign.
    init(
        _ reader: StoreReader, campaign: String, written: String, read: Result<PhoneNumber, PhoneProblem>,
        clock: LocalClock? = nil
    ) throws {
        self.written = written
        self.campaign = campaign
        columns = try reader.ownColumns(campaign: campaign)
        self.clock = try clock ?? reader.clock(of: [campaign])
        switch read {
        case .success(let number):
            self.number = number
            block = try reader.block(of: number)
            details = try reader.details(of: number, campaign: campaign)
            timeline = try PersonTimeline(details, block) { try reader.body(ofEvent: $0.id) }
            if let phone = details.contact?.phone {
                evidence = try reader.queueEvidence(campaign: campaign, of: phone)[phone] ?? []
            }
        case .failure(let problem):
            self.problem = problem
        }
        rejects = try Self.rejects(reader, campaign, about: number?.text ?? written)
    }

    /// Adds what keeps a waiting contact from being called now.
    ///
    /// - Parameter load: reads the campaign's file.
    @inline(never)  // see `RunLoop.open`
    mutating func explainWait(_ reader: StoreReader, now: Timestamp, _ load: () throws -> Campaign) throws {
        guard let waiting else { return }
        eventsComeUntil = details.history.eventsComeUntil(at: now)
        do {
            let loaded = try load()
            window = WindowHold(of: waiting, in: loaded, now: now)
            if let limit = loaded.perPerson {
                limited = try reader.ruling(of: waiting, campaign: campaign, limit, at: now)
            }
        } catch let error as CampaignFileError {
            windowProblem = error.phrase
        }
    }

    /// Rejected rows with a cell that ends like the number: a rejected row has no number to compare. For a name, those
    /// with a cell that has it.
    private static func rejects(_ reader: StoreReader, _ campaign: String, about text: String) throws -> [RejectRow] {
        let end = digits(text).suffix(significantDigits)
        guard end.count >= 4 else {
            guard let search = TextSearch(text) else { return [] }
            return try reader.rejects(campaign: campaign, finding: search, atMost: maxRejects)
        }
        return try reader.rejects(campaign: campaign, withDigits: String(end), atMost: maxRejects)
    }

    private static func digits(_ text: String) -> String { text.filter { $0.isASCII && $0.isNumber } }

    /// Whether nothing could be looked up: it is no number, and no rejected row has it.
    var isAboutNothing: Bool { number == nil && rejects.isEmpty }

    /// The number as it will be dialed; nil unless it waits to be dialed.
    var waiting: PhoneNumber? {
        guard let contact = details.contact, contact.state == .ready, block == nil else { return nil }
        return contact.phone
    }
}

/// The calling window, while it is closed for a contact.
struct WindowHold {
    /// When the contact may be called; nil when the window never opens for it.
    let opensAt: Timestamp?
    /// The time zones in which it must be open.
    let zones: [String]

    /// Nil while the window is open for the contact.
    init?(of phone: PhoneNumber, in campaign: Campaign, now: Timestamp) {
        guard let window = campaign.window else { return nil }
        zones = window.timeZone.map { [$0] } ?? ContactZones.zones(of: phone, country: campaign.country)
        opensAt = ContactWindow.calendar(of: window, in: zones)
            .nextStart(atOrAfter: now, needing: campaign.roomForAnyCall)
        if let opensAt, opensAt <= now { return nil }
    }

    /// One sentence for people.
    func phrase(_ clock: LocalClock) -> Phrase {
        let names = zones.joined(separator: ", ")
        let place =
            zones.count == 1
            ? Phrase("in \(names)", "em \(names)")
            : Phrase("in all of \(names) at the same time", "em todos estes ao mesmo tempo: \(names)")
        guard let opensAt else {
            return Phrase { language in
                language.text(
                    "The campaign's window is never open \(place[language]) for long enough to call.",
                    "O horário de ligação da campanha nunca fica aberto \(place[language]) o tempo necessário para ligar."
                )
            }
        }
        return Phrase("The campaign's window is closed ", "O horário de ligação da campanha está fechado ") + place
            + Phrase(": it opens at ", ": abre em ") + clock.text(opensAt) + Phrase(verbatim: ".")
    }
}
