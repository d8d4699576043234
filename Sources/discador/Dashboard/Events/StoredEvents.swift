import CampaignCore
import CampaignStore
import Dashboard

/// The page about events, from the database.
struct StoredEvents: EventsSource {
    let reads: StoreReads

    func events(_ query: EventsQuery, for viewer: Viewer) async throws -> EventList {
        let state = query.state.flatMap { EventState(rawValue: $0) }
        return try await reads { reader in try Self.list(reader, query, state, viewer) }
    }

    @inline(never)  // see `RunLoop.open`
    private static func list(
        _ reader: StoreReader, _ query: EventsQuery, _ state: EventState?, _ viewer: Viewer
    ) throws -> EventList {
        let clock = try viewer.clock(reader)
        let page = try reader.eventPage(
            in: state, of: query.instance, before: query.before, limit: PeopleReading.pageSize)
        var list = EventList()
        list.events = try page.entries.map { listed in
            let says =
                viewer.seesPhones ? try listed.event.event(reader.body(ofEvent: listed.event.id))?.phrase : nil
            let contact = listed.event.attempt?.contact
            return EventList.Event(
                at: clock.text(listed.event.receivedAt), instance: listed.instanceName,
                type: viewer.shown(listed.event.type), says: says.map { viewer.shown($0) },
                fate: viewer.shown(listed.event.fate), campaign: listed.campaign,
                phone: listed.phone.map { viewer.shown($0) },
                key: contact.flatMap { id in listed.phone.map { viewer.key(of: $0, id: id) } })
        }
        (list.before, list.isCutShort) = (page.before, page.isCutShort)
        list.states = EventState.allCases.map { PeopleChoice($0.rawValue, $0.phrase) }
        list.instances = try instances(reader, viewer, clock)
        list.times = clock.name
        return list
    }

    /// What `webhooks show` says of each instance.
    private static func instances(
        _ reader: StoreReader, _ viewer: Viewer, _ clock: LocalClock
    ) throws -> [EventList.Instance] {
        let now = SystemEnvironment.now()
        let (hearing, totals) = (try reader.hearing(now: now), try reader.eventTotals())
        let (addresses, lost) = (try reader.webhookAddresses(now: now), try reader.lostEvents())
        let (names, campaigns) = (try reader.instanceNames(), try reader.campaignsByInstance())
        let known = KnownWebhooks(addresses)
        let ids = Set(hearing.map(\.instance) + totals.map(\.instance))
        let instances = ids.map { id in
            let heard = hearing.first { $0.instance == id }
            let name = heard?.name ?? names[id] ?? "?"
            let campaign = campaigns[id] ?? "CAMPAIGN"
            var webhooks = InstanceWebhooks(
                name: name, addresses: known.addresses(of: id), hearing: heard,
                totals: totals.filter { $0.instance == id })
            webhooks.lost = lost.first { $0.instance == id }
            webhooks.unfinished = known.unfinished(nil, of: id)?.text(
                of: campaign, instance: name, SuggestedCommands(), clock)
            webhooks.otherProblems = [
                heard?.restPhrase(of: campaign, SuggestedCommands(), clock),
                heard?.silencePhrase(of: campaign, SuggestedCommands(), clock),
            ].compactMap(\.self)
            return EventList.Instance(
                name: name, facts: webhooks.facts(clock, namesKinds: false).map { viewer.shown($0) },
                problems: webhooks.problems.map { viewer.shown($0) },
                totals: webhooks.totals.map {
                    EventList.Total(type: viewer.shown($0.type), events: $0.events, lastAt: clock.text($0.lastAt))
                })
        }
        return instances.sorted { $0.name < $1.name }
    }
}
