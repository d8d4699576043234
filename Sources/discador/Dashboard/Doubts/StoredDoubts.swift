import CampaignCore
import CampaignStore
import Dashboard

/// The pages about calls in doubt, from the database.
struct StoredDoubts: DoubtsSource {
    /// Doubts that may be resolved at once: their numbers fit into one form.
    private static let mostAtOnce = 2_000
    /// Doubts that are looked at to count their reasons.
    private static let mostCounted = 5_000

    let reads: StoreReads
    let operations: DashboardOperations

    func doubts(_ query: DoubtsQuery, of campaign: String, for viewer: Viewer) async throws -> DoubtList {
        let seenAt = SystemEnvironment.now()
        var list = try await reads { reader in try Self.list(PeopleReading(reader, campaign, viewer), query) }
        list.seenAt = seenAt
        return list
    }

    private static func filter(_ reason: String?) -> ContactFilter {
        let doubts = ContactFilter.state(.inDoubt)
        return reason.map { doubts.and(.reason($0)) } ?? doubts
    }

    @inline(never)  // see `RunLoop.open`
    private static func list(_ reading: PeopleReading, _ query: DoubtsQuery) throws -> DoubtList {
        let (reader, campaign, viewer) = (reading.reader, reading.campaign, reading.viewer)
        let page = try reader.contactPage(
            campaign: campaign, where: filter(query.reason), after: query.after.flatMap { ContactPlace($0) },
            limit: PeopleReading.pageSize)
        let evidence = try reader.doubtEvidence(ofContacts: page.entries.map(\.id))
        let phones = page.entries.map(\.contact.phone)
        let dialed = viewer.seesPhones ? try DialedNumbers(reader, campaign: campaign, of: phones) : nil
        var list = DoubtList()
        list.doubts = page.entries.map { entry in
            DoubtList.Doubt(
                person: reading.person(entry), facts: facts(entry.contact, reading),
                evidence: (evidence[entry.id] ?? DoubtEvidence()).lines(reading.clock).map { viewer.shown($0) },
                dialed: dialed?.texts(of: entry.contact.phone) ?? [])
        }
        (list.next, list.isCutShort) = (page.next?.text, page.isCutShort)
        let counts = try reader.counts(campaign: campaign)
        (list.total, list.dialing) = (counts.inDoubt, counts.dialing)
        list.groups = try reader.reasons(campaign: campaign, in: .inDoubt, atMost: mostCounted).map { group in
            DoubtList.Group(
                reason: group.reason, name: CallState.inDoubt.words(group.reason) ?? Phrase("unknown", "desconhecido"),
                howFar: DoubtReason.howFar(group.reason), count: group.contacts)
        }
        list.isPartlyCounted = list.groups.reduce(0) { $0 + $1.count } < list.total
        list.times = reading.clock.name
        return list
    }

    /// When it was dialed, through which instance, and what came back.
    private static func facts(_ contact: ContactRow, _ reading: PeopleReading) -> [Phrase] {
        guard let last = contact.last else { return [] }
        let begin = [
            reading.clock.text(last.startedAt), Phrase("through \(last.instance)", "por \(last.instance)"),
            Phrase("attempt \(last.number)", "tentativa \(last.number)"),
        ]
        return (begin + last.reply.filter { $0.english != contact.reason }).map { reading.viewer.shown($0) }
    }

    // MARK: Resolving

    func overview(
        _ choice: DoubtsChoice, of campaign: String, for viewer: Viewer
    ) async throws -> DoubtsOverview {
        let seenAt = SystemEnvironment.now()
        var overview = try await reads { reader in
            try Self.overview(PeopleReading(reader, campaign, viewer), choice)
        }
        overview.seenAt = seenAt
        return overview
    }

    @inline(never)  // see `RunLoop.open`
    private static func overview(_ reading: PeopleReading, _ choice: DoubtsChoice) throws -> DoubtsOverview {
        let (reader, campaign) = (reading.reader, reading.campaign)
        var contacts: [ContactRow] = []
        var overview = DoubtsOverview()
        switch choice {
        case .reason(let reason):
            var place: ContactPlace?
            repeat {
                let page = try reader.contactPage(
                    campaign: campaign, where: filter(reason), after: place, limit: mostAtOnce - contacts.count)
                contacts += page.entries.map(\.contact)
                place = page.next
                overview.isMore = place != nil
            } while place != nil && contacts.count < mostAtOnce
        case .numbers(let texts):
            let numbers = try numbers(texts)
            for doubt in try reader.doubts(campaign: campaign, .numbers(numbers)).doubts {
                contacts += try reader.contactPage(campaign: campaign, of: doubt.phone).entries.map(\.contact)
            }
        }
        let dialed = try DialedNumbers(reader, campaign: campaign, of: contacts.map(\.phone))
        overview.count = contacts.count
        overview.warning = DoubtOverview.warning(contacts.count, of: campaign)
        overview.first = contacts.prefix(StoredPeople.shownFirst).map { reading.person($0, key: reading.key(of: $0)) }
        overview.numbers = reading.viewer.seesPhones ? contacts.flatMap { dialed.texts(of: $0.phone) } : []
        overview.times = reading.clock.name
        return overview
    }

    func resolve(
        _ numbers: [String], of campaign: String, as resolution: DoubtResolution, seenAt: Timestamp?, by actor: Actor
    ) async throws -> Phrase {
        let seenAt = CalledSince.moment(seenAt)
        let numbers = try Self.numbers(numbers)
        let resolution: CampaignStore.Resolution =
            switch resolution {
            case .called: .called
            case .notCalled: .notCalled
            }
        if resolution == .notCalled, try await reads({ reader in try reader.isBeingCancelled(campaign: campaign) }) {
            // Contacts that were cancelled stay so.
            _ = try await operations.perform(CancelCampaign(campaign: campaign), by: actor)
        }
        let done = try await operations.perform(
            ResolveDoubts(
                campaign: campaign, doubts: .numbers(numbers), resolution: resolution, seenAt: seenAt), by: actor)
        let since = done.calledSince > 0 ? [CalledSince.sentence(done.calledSince)] : []
        if let since = since.first, done.resolved.isEmpty { throw DashboardError.calledSince(since) }
        var lines = done.lines(of: campaign, as: resolution) + since
        if !done.notInDoubt.isEmpty {
            let count = done.notInDoubt.count
            lines.append(
                Phrase.counted(count, .number)
                    + Phrase(
                        " not in doubt any more, or only together with others: nothing was changed about "
                            + "\(count == 1 ? "it" : "them").",
                        " sem dúvida agora, ou só em conjunto com outros: nada mudou para "
                            + "\(count == 1 ? "ele" : "eles")."))
        }
        return lines.joined(separator: " ")
    }

    private static func numbers(_ texts: [String]) throws -> [PhoneNumber] {
        try texts.map { text in
            guard let number = PhoneNumber(text: text) else { throw PeopleReading.noNumber(text) }
            return number
        }
    }
}

extension DoubtEvidence {
    /// A sentence each.
    func lines(_ clock: LocalClock) -> [Phrase] {
        let about = lastEventAt.map { DoubtText.events(events, lastAt: $0, clock) }
        return queue.map { QueueEvidenceText($0).line(clock) } + [about].compactMap(\.self)
    }
}

/// What the calls in doubt of contacts dialed: of several numbers in a row, perhaps others than they have now.
struct DialedNumbers {
    private var numbers: [PhoneNumber: [PhoneNumber]] = [:]

    init(_ reader: StoreReader, campaign: String, of phones: [PhoneNumber]) throws {
        let chosen = try reader.doubts(campaign: campaign, .numbers(phones))
        for doubt in chosen.doubts { numbers[doubt.phone] = doubt.dialed }
        for number in chosen.aboutOthers { numbers[number.phone] = number.dialed }
    }

    func texts(of phone: PhoneNumber) -> [String] { (numbers[phone] ?? [phone]).map(\.text) }
}
