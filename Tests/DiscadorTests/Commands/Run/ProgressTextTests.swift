import CampaignCore
import Foundation
import Reports
import Testing

@testable import CampaignRunner
@testable import discador

/// What a terminal shows of a run, as a function of its width and the time.
@Suite(.fewAtATime) struct `A run on the screen` {
    private static let now = Timestamp(milliseconds: 1_795_000_000_000)

    private static func text(
        _ name: String = "cobranca-novembro", troubles: [String] = [], waits: WaitReason? = .pace(.milliseconds(7_400))
    ) -> ProgressText {
        ProgressText(
            progress(troubles: troubles, waits: waits), of: campaign(name),
            endsAt: now.advanced(by: .seconds(3600)), now: now)
    }

    private static func campaign(_ name: String) -> Campaign {
        var campaign = Campaign(name: name, instances: [])
        campaign.window = CallingWindow(
            timeZone: "America/Sao_Paulo", days: [.mon], fromMinute: 0, toMinute: 60, holidays: [])
        return campaign
    }

    private static func progress(troubles: [String] = [], waits: WaitReason?) -> RunProgress {
        var counts = StateCounts()
        for (state, count) in zip(CallState.allCases, [1_204, 3, 35_781, 412, 17, 9_001]) { counts[state] = count }
        return RunProgress(
            counts: counts, finishedAtStart: 0, elapsed: .milliseconds(185_400), waitsFor: waits, wakesAt: nil,
            troubles: troubles, uncheckedInstances: 0, isStopping: false)
    }

    @Test func `shows what came of the accepted calls once webhooks say so`() {
        var progress = Self.progress(waits: nil)
        #expect(!ProgressText(progress, of: Self.campaign("c"), now: Self.now).line.contains("answered"))
        progress.outcomes.answered = 140
        progress.outcomes.calledBack = 20
        let text = ProgressText(progress, of: Self.campaign("c"), now: Self.now)
        #expect(text.line.contains("35781 accepted (140 answered · 20 called back), 412 failed"))
        #expect(text.block(width: 80).contains("  140 answered · 20 called back"))
    }

    @Test(
        arguments: [120, 80, 60, 40, 25],
        [
            "x", "cobranca-novembro", "a-name-longer-than-any-terminal-is-wide-" + String(repeating: "x", count: 120),
            "日本語の名前🙂🙂⚡✅",
        ])
    func `never wraps, and shows every count`(width: Int, name: String) {
        let trouble = "vendas: not connected, 電話が接続されていません since 2026-11-26T10:00:00-03:00; asked again in 5 min"
        let waits: WaitReason = .window(until: Self.now)
        let block = Self.text(name, troubles: Array(repeating: trouble, count: 2000), waits: waits).block(width: width)
        #expect(block.allSatisfy { TerminalText.width($0) <= width }, "\(block)")
        let joined = block.joined(separator: "\n")
        for part in [
            "35781 accepted", "412 failed", "17 in doubt", "9001 excluded", "3 under way", "1204 waiting", "ends about",
        ] {
            #expect(joined.contains(part), "\(part): \(joined)")
        }
        #expect(block[0].contains("45211 of 46418") || width < 30, "\(block)")
        #expect(joined.contains("1996 other") && block.count < 24, "\(joined)")
    }

    @Test func `is a block of four lines where there is room`() {
        #expect(
            Self.text().block(width: 79) == [
                "cobranca-novembro  █████████████████████████████░  45211 of 46418",
                "  3m 05s so far · ends about 09:06 -03:00",
                "  35781 accepted · 412 failed · 17 in doubt · 9001 excluded · 3 under way",
                "  1204 waiting",
                "  next call in 8s",
            ])
    }

    @Test(arguments: [
        (0, "3m 05s", "8s"), (1, "3m 06s", "7s"), (7, "3m 12s", "1s"), (8, "3m 13s", "0s"), (3600, "1h 03m", "0s"),
    ])
    func `continues where nothing happens, in whole seconds`(later: Int, elapsed: String, left: String) {
        let aged = Self.progress(waits: .pace(.milliseconds(7_400))).aged(by: .seconds(later))
        let line = ProgressText(aged, of: Self.campaign("c"), now: Self.now).line
        #expect(line.hasSuffix("\(elapsed) so far; next call in \(left)"), "\(line)")
    }

    @Test(arguments: [
        (WaitReason.replies(1), "waiting for 1 reply"), (.replies(2), "waiting for 2 replies"),
        (.retry(.milliseconds(1)), "next retry in 1s"),
        (.canary(1), "waiting for the outcomes of the first calls, 1 of which is under way"),
    ])
    func `says what it waits for`(wait: WaitReason, words: String) {
        #expect(WaitText.text(wait, in: .gmt).english == words)
    }

    @Test(arguments: [
        (60, "America/Sao_Paulo", "08:07 -03:00"), (60, "UTC", "11:07"), (13 * 3600, "UTC", "tomorrow 00:06"),
        (4 * 86_400, "UTC", "2026-11-22 11:06"),
    ])
    func `ends at a time on a clock`(later: Int, zone: String, words: String) throws {
        let moment = Self.now.advanced(by: .seconds(later))
        let zone = try #require(TimeZone(identifier: zone))
        #expect(TimeText.clock(moment, now: Self.now, in: zone, local: .gmt) == words)
    }

    @Test func `is in Portuguese for whoever reads that`() {
        var progress = Self.progress(waits: .window(until: Self.now))
        progress.outcomes.answered = 1
        let text = ProgressText(
            progress, of: Self.campaign("cobranca"), endsAt: Self.now.advanced(by: .seconds(86_400)), now: Self.now,
            language: .portuguese)
        #expect(
            text.block(width: 100) == [
                "cobranca  █████████████████████████████░  45211 de 46418",
                "  3m 05s até agora · termina por volta de amanhã 08:06 -03:00",
                "  35781 aceitas · 412 falharam · 17 em dúvida · 9001 excluídas · 3 em andamento · 1204 aguardando",
                "  1 atendida", "  o horário de ligação começa em 18/11/2026 às 08:06 -03:00",
            ])
        #expect(text.line.hasPrefix("cobranca: 45211 de 46418, 35781 aceitas (1 atendida), 412 falharam, "))
    }

    @Test(arguments: WaitReason.samples)
    func `every wait has words in both languages`(wait: WaitReason) {
        let phrase = WaitText.text(wait, in: .gmt)
        #expect(phrase.english != phrase.portuguese && !phrase.english.isEmpty && !phrase.portuguese.isEmpty)
    }

    @Test func `shows no end in the past`() {
        let past = ProgressText(
            Self.progress(waits: nil), of: Self.campaign("c"), endsAt: Self.now.advanced(by: .seconds(-1)),
            now: Self.now)
        #expect(!past.line.contains("ends about"))
    }
}

extension WaitReason {
    fileprivate static let samples: [WaitReason] = {
        let moment = Timestamp(milliseconds: 1_795_000_000_000)
        return [
            .pace(.seconds(1)), .retry(.seconds(1)), .heldBack(until: moment), .replies(2), .instance,
            .rest(until: moment), .window(until: moment), .window(until: nil), .cap(until: moment),
            .ringing(until: moment), .asked(until: moment, isEarlier: true), .asked(until: moment, isEarlier: false),
            .redial(until: moment), .person(until: moment), .events(until: moment), .answers(until: moment), .contacts,
            .canary(2),
        ]
    }()
}
