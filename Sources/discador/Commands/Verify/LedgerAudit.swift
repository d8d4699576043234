import CampaignCore
import CampaignStore
import ZAPISimulator

/// Compares what the simulator saw with what the database says.
struct LedgerAudit: Encodable, Sendable {
    var contacts = 0
    /// Calls requested from the simulator, whatever it answered.
    var requests = 0
    /// Times that a phone rang.
    var rings = 0
    /// Calls that were accepted while their instance was disconnected, and rang when it was connected again.
    var heldWhileDisconnected = 0
    /// Contacts in doubt.
    var inDoubt = 0
    /// Contacts in doubt whose phone had actually rung.
    var inDoubtThatRang = 0

    /// Phones that rang more than once.
    var dialedTwice = 0
    /// Contacts that are still `ready` or `dialing` at the end.
    var leftOut = 0
    /// Rings whose zaapId is not in the database although the call is not in doubt. Of a doubt that webhooks have settled,
    /// the name that they have for the call is enough.
    var idsLost = 0
    /// Calls requested without an intent on disk, or before it was.
    var withoutIntent = 0
    /// Accepted contacts whose phone never rang, without those of whose last call only webhooks that were not
    /// acknowledged say so.
    var acceptedWithoutRing = 0
    /// Phones on the do-not-call list for which a call was requested.
    var calledThoughBlocked = 0
    /// Calls that began while their campaign was certainly paused.
    var calledWhilePaused = 0
    /// The number of contacts by which the states of the campaigns differ from what was imported.
    var miscounted = 0
    /// Calls too soon for a pace, by the times of their intents, which no delay distorts.
    var tooSoonByIntent = 0
    /// Calls too soon for a pace, by the times of their arrival, within the scope's tolerance.
    var tooSoonByArrival = 0

    init() {}

    /// Audits the campaigns of one database that were dialed against one ledger.
    init(_ reader: StoreReader, _ ledger: [LedgerEntry], _ scope: AuditScope) throws {
        var traces = PhoneTraces.byPhone(in: ledger)
        requests = traces.values.reduce(0) { $0 + $1.arrivals.count }
        rings = traces.values.reduce(0) { $0 + $1.rings.count }
        heldWhileDisconnected = ledger.count(where: \.queued)
        dialedTwice = traces.values.count { $0.rings.count > 1 }
        calledThoughBlocked = traces.count { scope.blocked.contains($0.key) && !$0.value.arrivals.isEmpty }
        var intentsOfInstances: [String: [Int64]] = [:]
        for campaign in scope.campaigns {
            var intents: [Int64] = []
            let pauses = scope.pauses[campaign.name] ?? []
            try reader.forEachAttempt(campaign: campaign.name) { attempt in
                let moment = attempt.startedAt.milliseconds
                intents.append(moment)
                intentsOfInstances[attempt.instance, default: []].append(moment)
                traces[attempt.phone.text, default: PhoneTraces()].note(attempt)
                if pauses.contains(where: { $0.contains(moment) }) { calledWhilePaused += 1 }
                if let blocked = scope.blockedSince[attempt.phone.text], moment > blocked { calledThoughBlocked += 1 }
            }
            let arrivals = try compare(reader, traces, with: campaign)
            note(intents: intents, arrivals: arrivals, gap: campaign.gap, tolerance: scope.arrivalTolerance)
        }
        withoutIntent = traces.values.reduce(0) { $0 + $1.withoutIntent }
        for instance in scope.instances {
            let calls = ledger.filter { $0.isCall && $0.instance == instance.id }
            note(
                intents: intentsOfInstances[instance.name] ?? [], arrivals: calls.map(\.at), gap: instance.gap,
                tolerance: scope.arrivalTolerance)
        }
    }

    /// Compares the contacts of a campaign with their traces.
    ///
    /// - Returns: when its calls arrived.
    private mutating func compare(
        _ reader: StoreReader, _ traces: [String: PhoneTraces], with campaign: AuditScope.Campaign
    ) throws -> [Int64] {
        var arrivals: [Int64] = []
        try reader.forEachContact(campaign: campaign.name) { contact in
            let trace = traces[contact.phone.text] ?? PhoneTraces()
            arrivals += trace.arrivals
            switch contact.state {
            case .ready, .dialing: leftOut += 1
            case .inDoubt: inDoubt += 1
            case .accepted:
                acceptedWithoutRing += trace.rings.isEmpty && !trace.hasUntoldFailure(contact.last) ? 1 : 0
            case .failed, .excluded: break
            }
            if contact.state == .inDoubt {
                inDoubtThatRang += trace.rings.isEmpty ? 0 : 1
            } else {
                idsLost += trace.unrecordedRings
            }
        }
        let counts = try reader.counts(campaign: campaign.name)
        let imported = try reader.importedContacts(campaign: campaign.name)
        contacts += counts.total
        miscounted += abs(counts.total - (campaign.contacts ?? imported)) + abs(counts.total - imported)
        return arrivals
    }

    private mutating func note(intents: [Int64], arrivals: [Int64], gap: Duration?, tolerance: Duration) {
        guard let gap = gap?.millisecondsRoundedUp else { return }
        tooSoonByIntent += PaceAudit(gap: gap, tolerance: 0).tooSoon(among: intents)
        tooSoonByArrival += PaceAudit(gap: gap, tolerance: tolerance.millisecondsRoundedUp).tooSoon(among: arrivals)
    }

    /// The promises, each with how often it was broken.
    var violations: [(promise: Phrase, count: Int)] {
        [
            (Phrase("dialed twice", "discados duas vezes"), dialedTwice),
            (Phrase("left out", "deixados de fora"), leftOut),
            (Phrase("ids lost", "ids perdidos"), idsLost),
            (
                Phrase("called without an intent on disk", "ligações sem a intenção gravada no disco"), withoutIntent
            ),
            (Phrase("accepted, but never rang", "aceitas que nunca tocaram"), acceptedWithoutRing),
            (
                Phrase("called despite the do-not-call list", "ligações apesar da lista de não ligar"),
                calledThoughBlocked
            ),
            (
                Phrase("called while the campaign was paused", "ligações com a campanha pausada"), calledWhilePaused
            ),
            (Phrase("contacts counted wrongly", "contatos mal contados"), miscounted),
            (
                Phrase("too soon for a pace, by intent", "cedo demais para o ritmo, pela intenção"), tooSoonByIntent
            ),
            (
                Phrase("too soon for a pace, by arrival", "cedo demais para o ritmo, pela chegada"),
                tooSoonByArrival
            ),
        ]
    }

    /// Whether no promise is broken.
    var isClean: Bool { violations.allSatisfy { $0.count == 0 } }
}

extension LedgerAudit {
    /// Adds the figures of another database.
    mutating func add(_ other: LedgerAudit) {
        let figures: [WritableKeyPath<LedgerAudit, Int>] = [
            \.contacts, \.requests, \.rings, \.heldWhileDisconnected, \.inDoubt, \.inDoubtThatRang, \.dialedTwice,
            \.leftOut, \.idsLost, \.withoutIntent, \.acceptedWithoutRing, \.calledThoughBlocked,
            \.calledWhilePaused, \.miscounted, \.tooSoonByIntent, \.tooSoonByArrival,
        ]
        for figure in figures { self[keyPath: figure] += other[keyPath: figure] }
    }
}

/// What an audit covers, and what was allowed.
struct AuditScope {
    struct Campaign {
        var name: String
        /// Contacts that were imported, if the author of the lists knows; nil is what the database says of its imports.
        var contacts: Int?
        /// The least time from one call of the campaign to the next; nil is any.
        var gap: Duration?
    }

    /// One instance, whatever campaigns share it.
    struct Instance {
        /// Its name, by which the database knows it.
        var name: String
        /// Z-API's id, by which the ledger knows it.
        var id: String
        /// The least time from one of its calls to the next.
        var gap: Duration
    }

    /// The campaigns of the database.
    var campaigns: [Campaign]
    /// The instances whose pace is checked.
    var instances: [Instance] = []
    /// The phones on the do-not-call list, which were put there before the first call.
    var blocked: Set<String> = []
    /// Phones blocked during the runs, with the time from which no intent to call them may be written.
    var blockedSince: [String: Int64] = [:]
    /// When each campaign was certainly paused: after the command had returned, and before it was asked to be resumed.
    var pauses: [String: [ClosedRange<Int64>]] = [:]
    /// How much sooner than its pace allows a call may arrive: a busy machine may have delayed the one before it.
    var arrivalTolerance = Duration.zero
}

/// Counts calls that came too soon for a pace, over all windows of any length.
///
/// A pace without a burst allows call number j no earlier than (j − i) gaps after call number i, for every earlier i.
/// So each call's time minus its own number of gaps must never be before the latest such value of the calls before it:
/// one pass checks all windows.
struct PaceAudit {
    /// The minimum time from one call to the next, in milliseconds.
    let gap: Int64
    /// How many milliseconds too early a call may seem because of how it was observed.
    let tolerance: Int64

    /// How many of the calls at these times, in any order, came too soon.
    func tooSoon(among moments: [Int64]) -> Int {
        var count = 0
        var latest = Int64.min
        for (index, moment) in moments.sorted().enumerated() {
            let position = moment - Int64(index) * gap
            if latest != .min, position < latest - tolerance {
                count += 1
                // Continue from here: one early call counts once, without all the calls that follow it.
                latest = position
            } else {
                latest = max(latest, position)
            }
        }
        return count
    }
}
