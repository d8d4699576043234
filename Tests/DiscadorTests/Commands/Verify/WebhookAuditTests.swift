import CampaignCore
import CampaignStore
import Foundation
import Testing
import ZAPISimulator

@testable import discador

/// Plants what must never happen with webhooks in a round in which all went well.
@Suite(.fewAtATime, .serialized) struct `The audit of webhooks` {
    @Test func `finds nothing where nothing is wrong, and each fault that is planted`() async throws {
        try await Self.withRound { reader, ledger, campaigns in
            let truth = try WebhookAudit(reader, ledger, campaigns: campaigns)
            #expect(truth.violations.allSatisfy { $0.count == 0 }, "\(truth)")
            #expect(truth.acknowledged > 20 && truth.answered > 0 && truth.optedOut > 0, "\(truth)")

            var lost = ledger
            let acknowledged = lost.lastIndex(where: \.isAcknowledged)
            let line = try #require(acknowledged)
            lost[line].content = "another"
            #expect(try WebhookAudit(reader, lost, campaigns: campaigns).lost == 1)
            lost[line].httpStatus = 503
            #expect(try WebhookAudit(reader, lost, campaigns: campaigns).lost == 0)

            try Self.expectLateCallsToBeFound(reader, ledger, campaigns)
            try Self.expectUnansweredCommitsToBeCounted(reader, ledger, campaigns)

            let calls = try CallsOfRound(reader, campaigns: campaigns)
            #expect(calls.behind(calls.standings) == 0)
            let weaker = calls.standings.filter { $0.value != .answered }
            #expect(!weaker.isEmpty && calls.behind(weaker.mapValues { _ in .answered }) == weaker.count)
            #expect(calls.behind([CallsOfRound.Key(phone: "5511999999999", number: 1): .nothing]) == 1)

            try Self.expectForgottenPeopleToBeFound(reader, ledger, campaigns)

            var received = try ReceivedWebhooks(reader)
            let event = try #require(try reader.events(after: 0, limit: 1).first)
            try received.add(event, reader.body(ofEvent: event.id))
            #expect(received.repeated == 1)
            var replies: [ReplyEntry] = []
            try reader.forEachReply { replies.append($0) }
            #expect(!replies.isEmpty && received.surplus(among: replies + replies) == replies.count)
        }
    }

    /// One whose call left or arrived too late is found, and nobody else.
    private static func expectLateCallsToBeFound(
        _ reader: StoreReader, _ ledger: [LedgerEntry], _ campaigns: [String]
    ) throws {
        let calls = try CallsOfRound(reader, campaigns: campaigns).all.filter { $0.outcome == .accepted }
        let found = try optOut(reader, ledger, among: calls)
        let (optOut, call) = try #require(found)
        let phone = call.phone.text
        let others = ledger.filter { !($0.isCall && $0.phone == phone) }
        for (delay, expected) in [(0 as Int64, 0), (1, 1)] {
            var late = others
            let place = try #require(late.firstIndex(of: optOut))
            late[place].at =
                call.startedAt.milliseconds - AcknowledgedOptOuts.delay - delay
            #expect(try WebhookAudit(reader, late, campaigns: campaigns).calledAfterOptOut == expected)

            let since = try #require(
                others.filter { $0.content == optOut.content && $0.isAcknowledged }.map(\.at).min())
            var line = try #require(ledger.first { $0.isCall && $0.phone == phone })
            line.at = since + AcknowledgedOptOuts.arrivalDelay + delay
            #expect(try WebhookAudit(reader, others + [line], campaigns: campaigns).calledAfterOptOut == expected)
        }
        let truth = try WebhookAudit(reader, ledger, campaigns: campaigns)
        let uncalled = try WebhookAudit(reader, others, campaigns: campaigns)
        #expect(uncalled.optedOut == truth.optedOut && uncalled.optedOutBeforeCall == truth.optedOutBeforeCall + 1)
    }

    /// An acknowledged opt-out of somebody who was called before, with that call.
    private static func optOut(
        _ reader: StoreReader, _ ledger: [LedgerEntry], among calls: [AttemptRow]
    ) throws -> (LedgerEntry, AttemptRow)? {
        let events = try ReceivedWebhooks(reader)
        for line in ledger where line.isAcknowledged {
            guard let content = events.content(of: line), content.text == Disposition.stop, let phone = content.phone,
                let call = calls.first(where: { $0.phone.text == phone }), call.startedAt.milliseconds < line.at
            else { continue }
            return (line, call)
        }
        return nil
    }

    /// People of whom less is known than before, or than was acknowledged, are found.
    private static func expectForgottenPeopleToBeFound(
        _ reader: StoreReader, _ ledger: [LedgerEntry], _ campaigns: [String]
    ) throws {
        let people = try PeopleOfRound(reader, campaigns: campaigns)
        let calls = try CallsOfRound(reader, campaigns: campaigns)
        let acknowledged = PeopleOfRound.acknowledged(ledger, try ReceivedWebhooks(reader), calls).effects
        for least in [people.effects, acknowledged] {
            let counts = (least.values.count { $0.calledBackAt != nil }, least.values.count { $0.repliedAt != nil })
            #expect(counts.0 > 0 && counts.1 > 0, "\(counts)")
            #expect(people.behind(least) == 0)
            #expect(PeopleOfRound(effects: [:]).behind(least) == least.count)
        }
        let earlier = people.effects.mapValues { effects in
            PeopleOfRound.Effects(
                calledBackAt: effects.calledBackAt, repliedAt: effects.repliedAt?.advanced(by: .seconds(-1)))
        }
        #expect(people.behind(earlier) == people.effects.values.count { $0.repliedAt != nil })
    }

    /// What was cut after its commit is counted, once, and not where somebody had acknowledged it before.
    private static func expectUnansweredCommitsToBeCounted(
        _ reader: StoreReader, _ ledger: [LedgerEntry], _ campaigns: [String]
    ) throws {
        let lines = Dictionary(grouping: ledger.filter { $0.endpoint == "webhook" }, by: \.content)
        let known = try #require(lines.values.first { $0.count == 1 && $0[0].isAcknowledged }?.first)
        let place = try #require(ledger.firstIndex(of: known))
        let truth = try WebhookAudit(reader, ledger, campaigns: campaigns)
        var cut = known
        (cut.httpStatus, cut.noAnswer) = (nil, .cut)
        var early = cut
        early.at -= 3_600_000
        for (line, after, expected) in [(cut, [], 1), (early, [], 0), (cut, [cut], 1), (known, [cut], 0)] {
            var changed = ledger
            changed[place] = line
            let audit = try WebhookAudit(reader, changed + after, campaigns: campaigns)
            #expect(audit.cutAfterCommit == truth.cutAfterCommit + expected)
        }
    }

    /// Has `verify` play one undisturbed round with webhooks.
    private static func withRound(_ body: (StoreReader, [LedgerEntry], [String]) throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discador-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let seed = try #require(
            (UInt64(1)...200).first { seed in
                let rules = Self.rules(seed)
                return rules.hasWebhooks && !rules.isSlow && rules.scenario.callsContract
            })
        let result = try await Program.run(
            ["verify", "--kills", "0", "--contacts", "120", "--seed", "\(seed)", "--keep", "kept"], in: folder)
        #expect(result.exitCode == 0, "\(result.stderr)\n\(result.stdout)")
        let round = folder.appending(path: "kept/round-1").path
        try body(
            StoreReader(path: round + "/discador.db"), LedgerEntry.read(fileAt: round + "/simulator.jsonl"),
            rules(seed).campaigns)
    }

    /// Those of the first round.
    private static func rules(_ seed: UInt64) -> RoundRules {
        var random = SplitMix64(seed: seed)
        var ofRound = SplitMix64(seed: random.next())
        return RoundRules(seed: seed, using: &ofRound)
    }
}
