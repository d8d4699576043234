import CampaignCore
import CampaignStore
import Foundation

/// The time zones of the waiting contacts, and what the campaign's window means for them.
struct ContactClocks {
    /// Contacts whose numbers may be in the same zones.
    struct Group {
        /// IANA names.
        var zones: [String]
        var contacts: Int
        /// Whether the window is ever open in all of these zones at the same time, for long enough to call.
        var opens: Bool { start != nil }
        /// When the first of them may be called; nil when none ever may.
        var start: Timestamp?
    }

    /// The zone of most people in the campaign's country, which the forecast uses.
    let usual: TimeZone
    /// The largest first.
    let groups: [Group]

    /// When the first of all of them may be called; nil when none ever may.
    var start: Timestamp? { groups.compactMap(\.start).min() }

    /// Contacts for whom the window never opens.
    var neverOpen: Int { groups.filter { !$0.opens }.reduce(0) { $0 + $1.contacts } }

    /// Nil when the campaign's window has a single time zone, or there is no window.
    init?(_ reader: StoreReader, of campaign: Campaign, now: Timestamp) throws {
        guard let window = campaign.window, window.zone == .contact else { return nil }
        usual = Self.usual(in: campaign.country)
        var contacts: [[String]: Int] = [:]
        try reader.forEachWaiting(campaign: campaign.name) { phone in
            contacts[ContactZones.zones(of: phone, country: campaign.country), default: 0] += 1
        }
        groups = contacts.map { zones, contacts in
            let start = ContactWindow.calendar(of: window, in: zones)
                .nextStart(atOrAfter: now, needing: campaign.roomForAnyCall)
            return Group(zones: zones, contacts: contacts, start: start)
        }.sorted { ($1.contacts, $0.zones[0]) < ($0.contacts, $1.zones[0]) }
    }

    /// The calendar that a forecast uses: the campaign's, or the one of most people in its country.
    static func calendar(of campaign: Campaign) -> WindowCalendar {
        let isByContact = campaign.window?.zone == .contact
        return WindowCalendar(
            window: campaign.window, zone: isByContact ? usual(in: campaign.country) : campaign.timeZone)
    }

    private static func usual(in country: String) -> TimeZone {
        ContactZones.zones(ofCountry: country).first.flatMap(TimeZone.init(identifier:)) ?? .gmt
    }

    /// The time zones in words.
    var lines: [String] { phrases.map(\.english) }

    /// The same for people.
    var phrases: [Phrase] {
        var lines = groups.map(\.phrase)
        if neverOpen > 0 {
            let contacts = Phrase.counted(neverOpen, .contact)
            lines.append(
                Phrase(
                    "Note: \(contacts.english) would wait forever: numbers of that kind do not show which of their country's "
                        + "time zones they are in. Longer hours in `window` would let them be called.",
                    "Aviso: \(contacts.portuguese) \(neverOpen.noun("esperaria", "esperariam")) para sempre: números desse "
                        + "tipo não mostram em qual fuso horário do país estão. Um horário mais longo em `window` deixaria "
                        + "ligar para eles."))
        }
        if groups.contains(where: { $0.zones != [usual.identifier] }) {
            lines.append(
                Phrase(
                    "Note: the times below assume that all contacts are in \(usual.identifier); others are called some hours "
                        + "earlier or later.",
                    "Aviso: os horários abaixo supõem que todos os contatos estão em \(usual.identifier); para os outros se "
                        + "liga algumas horas mais cedo ou mais tarde."))
        }
        return lines
    }
}

extension ContactClocks.Group {
    /// `  12 × America/Sao_Paulo`.
    fileprivate var phrase: Phrase {
        let others = zones.count - 1
        let names =
            others > 2
            ? Phrase("\(zones[0]) and \(others) others", "\(zones[0]) e \(others) outros")
            : Phrase(verbatim: zones.joined(separator: ", "))
        let line = Phrase(verbatim: "  \(contacts) × ") + names
        guard others > 0 || !opens else { return line }
        let opening =
            opens
            ? Phrase("while it is open in all of them", "enquanto está aberto em todos eles")
            : Phrase(
                "it is never open in all of them at the same time", "nunca está aberto em todos eles ao mesmo tempo")
        return line + Phrase(verbatim: ": ") + opening
    }
}

extension ContactClocks: Encodable {
    private enum CodingKeys: String, CodingKey {
        case usual, groups, neverOpen
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(usual.identifier, forKey: .usual)
        try container.encode(groups, forKey: .groups)
        try container.encode(neverOpen, forKey: .neverOpen)
    }
}

extension ContactClocks.Group: Encodable {
    private enum CodingKeys: String, CodingKey {
        case zones, contacts, opens
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(zones, forKey: .zones)
        try container.encode(contacts, forKey: .contacts)
        try container.encode(opens, forKey: .opens)
    }
}
