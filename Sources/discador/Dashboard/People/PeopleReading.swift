import CampaignCore
import CampaignStore
import Dashboard
import Foundation

/// Reads people of one campaign for one viewer.
struct PeopleReading {
    /// People of a page.
    static let pageSize = 50

    let reader: StoreReader
    let campaign: String
    let viewer: Viewer
    let clock: LocalClock
    let columns: [String]
    /// The columns that have names.
    private let names: [Int]

    @inline(never)  // see `RunLoop.open`
    init(_ reader: StoreReader, _ campaign: String, _ viewer: Viewer) throws {
        (self.reader, self.campaign, self.viewer) = (reader, campaign, viewer)
        do throws(StoreError) {
            columns = try reader.ownColumns(campaign: campaign)
        } catch {
            guard case .unknownCampaign = error else { throw error }
            var missing = DashboardError.notFound
            missing.phrase = error.phrase
            throw missing
        }
        clock = try viewer.clock(reader, of: [campaign])
        names = ContactColumn.names(among: columns)
    }

    // MARK: Who is meant

    /// Whom a query means.
    struct Meaning {
        /// Nil: everybody.
        var filter: ContactFilter?
        var search: TextSearch?
        /// Nobody can be like this.
        var isNobody = false

        /// Filter and text in one; nil: everybody.
        var whole: ContactFilter?
    }

    func meaning(of query: PeopleQuery) throws -> Meaning {
        var filters = [
            query.state.map(ContactFilter.state), query.reason.map(ContactFilter.reason),
            query.instance.map(ContactFilter.instance(named:)), query.answer.map(ContactFilter.answer),
            query.delivery.map(ContactFilter.delivery),
        ].compactMap(\.self)
        if let phone = query.phone {
            guard viewer.seesPhones else { throw DashboardError.notAllowed }
            guard case .success(let number) = WrittenNumber.read(phone) else { throw Self.noNumber(phone) }
            filters.append(.phone(try contact(of: number)?.phone ?? number))
        }
        if let expression = query.expression { filters.append(try filter(expression)) }
        var meaning = Meaning()
        if let text = query.text {
            if !viewer.seesPhones, text.contains(where: \.isNumber) {
                // Numbers, or parts of them, tried one after another, would give away the whole.
                meaning.isNobody = true
            } else if case .success(let number) = WrittenNumber.read(text), let contact = try contact(of: number) {
                filters.append(.phone(contact.phone))
            } else {
                guard let search = TextSearch(text) else {
                    throw DashboardError.invalid(
                        Phrase("The text needs a letter or a digit.", "O texto precisa de uma letra ou um dígito."))
                }
                meaning.search = search
            }
        }
        meaning.filter = ContactFilter.all(filters)
        let found = meaning.search == nil ? nil : query.text.flatMap(ContactFilter.having)
        meaning.whole = ContactFilter.all(filters + [found].compactMap(\.self))
        return meaning
    }

    private func contact(of number: PhoneNumber) throws -> ContactRow? {
        try reader.contactPage(campaign: campaign, of: number).entries.first?.contact
    }

    static func noNumber(_ text: String) -> DashboardError {
        .invalid(Phrase("“\(text)” is not a phone number.", "“\(text)” não é um número de telefone."))
    }

    private func filter(_ expression: String) throws -> ContactFilter {
        guard viewer.seesPhones else { throw DashboardError.notAllowed }
        guard let phones = PhoneReader(country: "55") else { throw Self.noNumber("55") }
        let zone = try reader.timeZone(of: campaign)
        let reading = FilterContext(columns: columns, phones: phones, utcOffset: { zone.utcOffset(at: $0) })
        do throws(FilterError) {
            return try ContactFilter(parsing: expression, reading)
        } catch {
            throw DashboardError.invalid(Phrase(of: error))
        }
    }

    // MARK: How they are shown

    func person(_ entry: ContactPage.Entry) -> PeopleList.Person {
        person(entry.contact, key: viewer.key(of: entry.contact.phone, id: entry.id))
    }

    func person(_ contact: ContactRow, key: String) -> PeopleList.Person {
        PeopleList.Person(
            key: key, name: name(of: contact), phone: viewer.shown(contact.phone), state: contact.state,
            stateName: contact.state.words, reason: contact.state.words(contact.reason), attempts: contact.attempts,
            lastCall: contact.last.map { clock.text($0.startedAt, withSeconds: false) },
            answer: contact.answer?.words, next: contact.next)
    }

    func name(of contact: ContactRow) -> String {
        let usual = names.lazy.filter { contact.own.indices.contains($0) }.map { contact.own[$0] }
            .first { !$0.isEmpty }
        let cell = usual ?? contact.own.first { cell in cell.contains(where: \.isLetter) }
        return viewer.shown(String((cell ?? "").prefix(80)))
    }
}

extension ContactRow {
    /// What happens next with it, and who decides that.
    fileprivate var next: Phrase {
        switch (state, reason) {
        case (.ready, _): Phrase("discador, while the campaign is dialed", "discador, enquanto a campanha disca")
        case (.dialing, _): Phrase("discador: under way", "discador: em andamento")
        case (.accepted, _) where answer == .notAnswered:
            Phrase("you: call again, or leave it", "você: ligar de novo ou deixar")
        // What came of it may still be told.
        case (.accepted, _) where answer == nil: Phrase("nobody: it was called", "ninguém: já foi chamado")
        case (.accepted, _): Phrase("nobody: it is done", "ninguém: está feito")
        case (.failed, _) where phone.isForgotten: Phrase("nobody: it is forgotten", "ninguém: foi apagado")
        case (.failed, _): Phrase("you: call again, or leave it", "você: ligar de novo ou deixar")
        case (.inDoubt, _): Phrase("you: did it ring?", "você: tocou ou não?")
        case (.excluded, ExclusionReason.held.rawValue?):
            Phrase("you: read the reply", "você: ler a resposta")
        case (.excluded, ExclusionReason.doNotCall.rawValue?):
            Phrase("you: the do-not-call list", "você: a lista de não ligar")
        case (.excluded, ExclusionReason.sameWhatsApp.rawValue?):
            Phrase("nobody: another contact is called", "ninguém: outro contato recebe a ligação")
        case (.excluded, _): Phrase("you: call again, or leave it", "você: ligar de novo ou deixar")
        }
    }
}
