import CampaignCore
import CampaignFile
import CampaignStore
import Dashboard

/// The pages about people, from the database.
struct StoredPeople: PeopleSource {
    /// Contacts that are looked at to count those whom an action concerns: what takes a fraction of a second.
    private static let mostCounted = 10_000
    /// Contacts of a state that are looked at for its reasons.
    private static let mostForReasons = 5_000
    /// People shown one by one before something is done about all.
    static let shownFirst = 10

    let reads: StoreReads
    let operations: DashboardOperations

    func people(_ query: PeopleQuery, of campaign: String, for viewer: Viewer) async throws -> PeopleList {
        try await reads { reader in try Self.list(PeopleReading(reader, campaign, viewer), query) }
    }

    @inline(never)  // see `RunLoop.open`
    private static func list(_ reading: PeopleReading, _ query: PeopleQuery) throws -> PeopleList {
        let (reader, campaign) = (reading.reader, reading.campaign)
        let meaning = try reading.meaning(of: query)
        let after = query.after.flatMap { ContactPlace($0) }
        var list = PeopleList()
        if !meaning.isNobody {
            let page = try reader.contactPage(
                campaign: campaign, where: meaning.filter, finding: meaning.search, after: after,
                limit: PeopleReading.pageSize)
            list.people = page.entries.map { reading.person($0) }
            (list.next, list.isCutShort) = (page.next?.text, page.isCutShort)
        }
        let counts = try reader.counts(campaign: campaign)
        list.states = CallState.allCases.map { PeopleChoice($0.rawValue, $0.words, count: counts[$0]) }
        if let state = query.state, state == .failed || state == .excluded || state == .inDoubt {
            list.reasons = try reader.reasons(campaign: campaign, in: state, atMost: mostForReasons).compactMap {
                guard let words = state.words($0.reason) else { return nil }
                return PeopleChoice($0.reason, words)
            }
        }
        list.instances = try reader.instanceNames(campaign: campaign)
        list.answers = Answer.allCases.map { PeopleChoice($0.rawValue, $0.words) }
        list.deliveries = Delivery.allCases.map { PeopleChoice($0.rawValue, $0.words) }
        list.times = reading.clock.name
        return list
    }

    // MARK: About one

    func person(_ key: String, of campaign: String, for viewer: Viewer) async throws -> PersonReport {
        let seenAt = SystemEnvironment.now()
        var report = try await reads { reader in
            try PersonReading(PeopleReading(reader, campaign, viewer)).report(key)
        }
        report.seenAt = seenAt
        return report
    }

    // MARK: About several

    func retryOverview(
        _ query: PeopleQuery, of campaign: String, for viewer: Viewer
    ) async throws -> ChosenPeople {
        let seenAt = SystemEnvironment.now()
        return try await reads { reader in
            let reading = try PeopleReading(reader, campaign, viewer)
            let preview = try reader.retryPreview(
                campaign: campaign, where: Self.chosen(reading, query), showing: Self.shownFirst,
                lookingAt: Self.mostCounted)
            var chosen = ChosenPeople()
            chosen.seenAt = seenAt
            chosen.groups = preview.groups.map { group in
                ChosenPeople.Group(
                    name: group.state.named(group.reason), count: group.contacts,
                    stays: group.refusal?.explanation(campaign: campaign, SuggestedCommands()))
            }
            chosen.first = preview.first.map { reading.person($0, key: reading.key(of: $0)) }
            (chosen.isCutShort, chosen.times) = (preview.isCutShort, reading.clock.name)
            return chosen
        }
    }

    func retry(
        _ query: PeopleQuery, of campaign: String, seenAt: Timestamp?, by actor: Actor
    ) async throws -> Phrase {
        let seenAt = CalledSince.moment(seenAt)
        let filter = try await reads { reader in
            try Self.chosen(PeopleReading(reader, campaign, .seesAll), query)
        }
        try await finishCancel(of: campaign, by: actor)
        let totals = try await operations.perform(
            RetryContacts(campaign: campaign, filter: filter, seenAt: seenAt), by: actor)
        let done =
            Phrase.counted(totals.requeued, .person)
            + Phrase(
                totals.requeued == 1 ? " waits to be called again." : " wait to be called again.",
                totals.requeued == 1 ? " aguarda nova ligação." : " aguardam nova ligação.")
        return try Self.told(done, isNothing: totals.requeued == 0, calledSince: totals.calledSince)
    }

    /// What was done, and about whom nothing was.
    ///
    /// - Throws: if it was nothing because of them.
    private static func told(_ done: Phrase, isNothing: Bool, calledSince count: Int) throws -> Phrase {
        guard count > 0 else { return done }
        let since = CalledSince.sentence(count)
        guard !isNothing else { throw DashboardError.calledSince(since) }
        return [done, since].joined(separator: " ")
    }

    func blockOverview(
        _ query: PeopleQuery, of campaign: String, for viewer: Viewer
    ) async throws -> ChosenPeople {
        let seenAt = SystemEnvironment.now()
        return try await reads { reader in
            let reading = try PeopleReading(reader, campaign, viewer)
            let preview = try reader.retryPreview(
                campaign: campaign, where: Self.chosen(reading, query), showing: 0, lookingAt: Self.mostCounted)
            var chosen = ChosenPeople()
            chosen.seenAt = seenAt
            var groups: [Phrase: Int] = [:]
            for group in preview.groups { groups[group.state.named(group.reason), default: 0] += group.contacts }
            chosen.groups = groups.map { ChosenPeople.Group(name: $0, count: $1, stays: nil) }
                .sorted { ($1.count, $0.name.english) < ($0.count, $1.name.english) }
            let first = try reader.contactPage(
                campaign: campaign, where: Self.chosen(reading, query), after: nil, limit: Self.shownFirst)
            chosen.first = first.entries.map { reading.person($0) }
            (chosen.isCutShort, chosen.times) = (preview.isCutShort, reading.clock.name)
            return chosen
        }
    }

    func block(
        _ query: PeopleQuery, of campaign: String, reason: String, seenAt: Timestamp?, by actor: Actor
    ) async throws -> Phrase {
        // One person is meant whatever has happened since.
        let seenAt = query.phone == nil ? CalledSince.moment(seenAt) : nil
        var calledSince = 0
        var numbers: [PhoneNumber] = []
        var place: ContactPlace?
        // Page by page, so that others read in between.
        repeat {
            let after = place
            let (page, changed) = try await reads { reader -> (ContactPage, Set<Int64>) in
                let reading = try PeopleReading(reader, campaign, .seesAll)
                let page = try reader.contactPage(
                    campaign: campaign, where: Self.chosen(reading, query), after: after,
                    limit: StoreReader.mostLookedAt)
                guard let seenAt else { return (page, []) }
                return (page, try reader.changedContacts(of: page.entries.map(\.id), since: seenAt))
            }
            calledSince += changed.count
            numbers += page.entries.filter { !changed.contains($0.id) && !$0.contact.phone.isForgotten }
                .map(\.contact.phone)
            place = page.next
            guard numbers.count <= Self.mostBlocked else { throw Self.tooMany }
        } while place != nil
        guard !numbers.isEmpty || calledSince == 0 else {
            throw DashboardError.calledSince(CalledSince.sentence(calledSince))
        }
        let totals = try await operations.perform(AddBlocks(numbers: numbers, reason: reason), by: actor)
        return try Self.told(totals.text, isNothing: false, calledSince: calledSince)
    }

    /// What one request may put on the do-not-call list.
    private static let mostBlocked = 50_000
    private static let tooMany = DashboardError.invalid(
        Phrase(
            "More than \(mostBlocked) people are like this, and nothing was changed: choose more narrowly, or use "
                + "`discador block import`.",
            "Há mais de \(mostBlocked) pessoas assim, e nada foi mudado: escolha com mais precisão, ou use "
                + "`discador block import`."))

    @inline(never)  // see `RunLoop.open`
    private static func chosen(_ reading: PeopleReading, _ query: PeopleQuery) throws -> ContactFilter {
        guard let filter = try reading.meaning(of: query).whole else {
            throw DashboardError.invalid(Phrase("Choose people first.", "Escolha as pessoas antes."))
        }
        return filter
    }

    /// Completes an interrupted cancel first: contacts that were cancelled stay so.
    private func finishCancel(of campaign: String, by actor: Actor) async throws {
        guard try await reads({ reader in try reader.isBeingCancelled(campaign: campaign) }) else { return }
        _ = try await operations.perform(CancelCampaign(campaign: campaign), by: actor)
    }
}

extension Viewer {
    /// Whoever may change something.
    static let seesAll = Viewer(seesPhones: true)
}

extension CallState {
    /// The state with the reason for it, in words.
    func named(_ reason: String?) -> Phrase {
        guard let words = words(reason) else { return self.words }
        return self.words + Phrase(verbatim: " (") + words + Phrase(verbatim: ")")
    }
}

extension PeopleReading {
    /// What stands in addresses for a contact of which only the row is at hand.
    func key(of contact: ContactRow) -> String {
        if viewer.seesPhones, !contact.phone.isForgotten { return contact.phone.text }
        let entry = try? reader.contactPage(campaign: campaign, of: contact.phone).entries.first
        return entry.map { viewer.key(of: contact.phone, id: $0.id) } ?? ""
    }
}
