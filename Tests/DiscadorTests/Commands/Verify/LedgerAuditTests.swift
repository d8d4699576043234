import CampaignCore
import CampaignStore
import Foundation
import Testing
import ZAPISimulator

@testable import discador

/// An audit that cannot fail proves nothing: each kind of broken promise is planted, and must be found.
@Suite(.fewAtATime, .serialized) struct `The ledger audit` {
    /// A change to the ledger or to the scope of a run in which all went well.
    struct Fault: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// The promises that it breaks.
        var broken: Set<String>
        var inject: @Sendable (inout [LedgerEntry], inout AuditScope) -> Void
    }

    static let faults = [
        Fault(testDescription: "a phone rang twice", broken: ["dialed twice"]) { ledger, _ in
            var again = ledger[lastCall(ledger)]
            again.endpoint = "ring"
            ledger.append(again)
        },
        Fault(testDescription: "Z-API gave another id", broken: ["ids lost"]) { ledger, _ in
            ledger[lastCall(ledger)].zaapId = "another"
        },
        Fault(testDescription: "a call came before its intent", broken: ["called without an intent on disk"]) {
            ledger, _ in
            ledger[lastCall(ledger)].at -= 3_600_000
        },
        Fault(testDescription: "a call came without an intent", broken: ["called without an intent on disk"]) {
            ledger, _ in
            var second = ledger[lastCall(ledger)]
            second.rang = false
            ledger.append(second)
        },
        Fault(testDescription: "a stranger was called", broken: ["called without an intent on disk"]) { ledger, _ in
            var stranger = ledger[lastCall(ledger)]
            stranger.phone = "5511999999999"
            stranger.rang = false
            ledger.append(stranger)
        },
        Fault(testDescription: "a phone never rang", broken: ["accepted, but never rang"]) { ledger, _ in
            ledger[lastCall(ledger)].rang = false
        },
        Fault(testDescription: "a number was blocked", broken: ["called despite the do-not-call list"]) {
            ledger, scope in
            scope.blocked = [ledger[lastCall(ledger)].phone ?? ""]
        },
        Fault(testDescription: "a campaign was paused", broken: ["called while the campaign was paused"]) {
            ledger, scope in
            let last = ledger[lastCall(ledger)].at
            scope.pauses = ["camp": [(last - 3_600_000)...last]]
        },
        Fault(testDescription: "a contact vanished", broken: ["contacts counted wrongly"]) {
            _, scope in
            scope.campaigns[0].contacts = 41
        },
        Fault(testDescription: "the instance's pace is slower", broken: ["too soon for a pace, by intent"]) {
            _, scope in
            scope.instances = [.init(name: "iA", id: "A", gap: .seconds(10))]
            scope.arrivalTolerance = .seconds(3600)
        },
        Fault(testDescription: "the campaign's pace is slower", broken: ["too soon for a pace, by intent"]) {
            _, scope in
            scope.campaigns[0].gap = .seconds(10)
            scope.arrivalTolerance = .seconds(3600)
        },
        Fault(testDescription: "all calls came at the same time", broken: ["too soon for a pace, by arrival"]) {
            ledger, scope in
            let last = ledger.map(\.at).max() ?? 0
            for index in ledger.indices { ledger[index].at = last }
            scope.instances = [.init(name: "iA", id: "A", gap: .milliseconds(1))]
        },
    ]

    @Test func `finds nothing where nothing is wrong, and each fault that is injected`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(40), pace: "{calls: 1, per: 4ms}")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        let reader = try StoreReader(path: cli.database)
        let ledger = cli.simulator.ledger()
        await cli.simulator.shutdown()
        var scope = AuditScope(campaigns: [.init(name: "camp", contacts: 40)])
        scope.instances = ["A", "B"].map { .init(name: "i\($0)", id: $0, gap: .milliseconds(4)) }
        scope.arrivalTolerance = .seconds(10)
        let truth = try LedgerAudit(reader, ledger, scope)
        #expect(truth.isClean, "\(truth)")
        #expect(truth.contacts == 40 && truth.rings == 40 && truth.requests == 40 && truth.inDoubt == 0)

        for fault in Self.faults {
            var (changed, scope) = (ledger, AuditScope(campaigns: [.init(name: "camp", contacts: 40)]))
            fault.inject(&changed, &scope)
            let audit = try LedgerAudit(reader, changed, scope)
            #expect(
                Set(audit.violations.filter { $0.count > 0 }.map(\.promise.english)) == fault.broken,
                "\(fault.testDescription)")
        }
    }

    @Test func `counts those who were left out, and tells doubts that rang from those that did not`() async throws {
        // …97 rings and cuts the connection; …96 cuts it before the call is accepted.
        let cli = try await CLIFixture(phones: ["5511900000097", "5511900000096", "5511900000001"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 3)
        try cli.write("nome;telefone\nTarde;5511900000002\n", to: cli.list)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let audit = try LedgerAudit(
            StoreReader(path: cli.database), cli.simulator.ledger(), AuditScope(campaigns: [.init(name: "camp")]))
        await cli.simulator.shutdown()
        #expect(audit.inDoubt == 2 && audit.inDoubtThatRang == 1 && audit.idsLost == 0)
        #expect(audit.leftOut == 1)
        #expect(!audit.isClean)
    }

    /// The id by which webhooks call a call, which no reply has told.
    private static let toldName = "3EB0CA11"

    @Test func `excuses an unknown id only where webhooks gave this very call the name that is known`() async throws {
        // Both ring, and the connection is cut.
        let (first, second) = ("5511900000097", "5511900000197")
        let cli = try await CLIFixture(phones: [first, second])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 3)
        let ledger = cli.simulator.ledger()
        await cli.simulator.shutdown()
        let call = try #require(ledger.first { $0.isCall && $0.phone == first })
        let other = try #require(ledger.first { $0.isCall && $0.phone == second })
        try await cli.receive([
            (call, .call(CallNotification(phase: .accepted, direction: .outgoing)), Self.toldName),
            (
                other, .call(CallNotification(phase: .missed, direction: .outgoing)), try #require(other.messageId)
            ),
        ])
        let audit = {
            try LedgerAudit(StoreReader(path: cli.database), $0, AuditScope(campaigns: [.init(name: "camp")]))
        }
        var told = call
        (told.endpoint, told.rang, told.event, told.messageId) = ("webhook", false, "CALL_ACCEPTED", Self.toldName)
        let truth = try audit(ledger + [told])
        #expect(truth.isClean && truth.inDoubt == 0 && truth.rings == 2, "\(truth)")

        #expect(try audit(ledger).idsLost == 1)
        for change: (inout LedgerEntry) -> Void in [
            { $0.zaapId = other.zaapId }, { $0.messageId = "another" }, { $0.event = "text" },
            { $0.event = "CALL_RECEIVED" }, { $0.phone = second },
        ] {
            var changed = told
            change(&changed)
            #expect(try audit(ledger + [changed]).idsLost == 1, "\(changed)")
        }
        var announced = told
        announced.event = "CALL_RECEIVED"
        #expect(try audit(ledger + [told, announced]).idsLost == 1)
        var again = call
        (again.endpoint, again.zaapId, again.messageId) = ("ring", "another", "another")
        #expect(try audit(ledger + [told, again]).idsLost == 1)
        var renamed = ledger
        let place = try #require(ledger.firstIndex(of: other))
        renamed[place].messageId = "another"
        #expect(try audit(renamed + [told]).idsLost == 1)
    }

    @Test func `excuses an accepted call that never rang only while nobody has been told that it failed`() async throws
    {
        let cli = try await CLIFixture(phones: CLIFixture.phones(2))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        let ledger = cli.simulator.ledger()
        await cli.simulator.shutdown()
        let place = try #require(ledger.firstIndex { $0.isCall })
        var untold = ledger
        (untold[place].rang, untold[place].disposition) = (false, .deliveryNotQueued)
        var told = untold[place]
        (told.endpoint, told.event, told.disposition, told.httpStatus) = ("webhook", "error", nil, 200)
        let audit = {
            try LedgerAudit(StoreReader(path: cli.database), $0, AuditScope(campaigns: [.init(name: "camp")]))
                .acceptedWithoutRing
        }
        #expect(try audit(ledger) == 0 && audit(untold) == 0)
        #expect(try audit(untold + [told]) == 1)
        for change: (inout LedgerEntry) -> Void in [
            { $0.httpStatus = 503 }, { $0.event = "SENT" }, { $0.zaapId = "another" },
        ] {
            var changed = told
            change(&changed)
            #expect(try audit(untold + [changed]) == 0, "\(changed)")
        }
        // It is another call of the same phone that failed.
        var another = untold[place]
        (another.endpoint, another.zaapId, another.messageId) = ("ring", "another", "another")
        var silent = untold
        for disposition in [nil, .answered, .deliveryTimeout] as [Disposition?] {
            silent[place].disposition = disposition
            #expect(try audit(silent + [another]) == 1)
        }
    }

    @Test(arguments: [
        ([0, 10, 20, 30], 10, 0, 0), ([0, 9, 20, 30], 10, 0, 1), ([30, 0, 20, 10], 10, 0, 0), ([], 10, 0, 0),
        ([0, 10, 15, 25, 35], 10, 0, 1), ([0, 10, 10, 10], 10, 0, 2), ([0, 10, 15, 30], 10, 5, 0),
        // Each gap is within the tolerance, and the window of all of them is not.
        ([0, 8, 16, 24, 32], 10, 5, 1), ([0, 100, 101, 102], 10, 0, 2),
    ])
    func `finds calls that come too soon in windows of any length`(
        _ moments: [Int64], _ gap: Int64, _ tolerance: Int64, _ expected: Int
    ) {
        #expect(PaceAudit(gap: gap, tolerance: tolerance).tooSoon(among: moments) == expected)
    }

    private static func lastCall(_ ledger: [LedgerEntry]) -> Int {
        ledger.lastIndex { $0.endpoint == "send-call" && $0.instance == "A" } ?? 0
    }
}

extension CLIFixture {
    /// Has the database take in what a webhook says of each of these calls, under an id.
    fileprivate func receive(_ events: [(call: LedgerEntry, kind: CallEvent.Kind, id: String)]) async throws {
        let store = try CampaignStore(
            path: database,
            holder: WriterLock.Holder(
                pid: ProcessInfo.processInfo.processIdentifier, host: "test", command: "test", since: .epoch))
        for (call, kind, id) in events {
            let phone = try #require(call.phone.flatMap { PhoneNumber(text: $0) })
            let event = CallEvent(kind, phone: phone, ids: [id])
            let incoming = IncomingEvent(
                instance: try #require(call.instance), type: "Test", key: id, event: event, body: Array("{}".utf8),
                receivedAt: Timestamp(milliseconds: call.at + 1_000))
            #expect(try await store.receive([incoming]).first?.isNew == true)
        }
        try store.close()
    }
}
