import CampaignCore
import Foundation
import Reports
import Testing

@Suite struct `The report as a page` {
    @Test(arguments: Language.allCases)
    func `is one closed document without script, whatever the cells contain`(language: Language) throws {
        let evil = "<script>alert(1)</script>&\"'\u{202E}\n<img src=x onerror=y>"
        var context = try Self.context(language, own: [evil, "cidade"])
        context.summary.campaign = evil
        context.summary.errors = [ErrorCount(error: evil, attempts: 1)]
        context.statistics?.values = {
            var figures = ColumnFigures(column: evil)
            figures.values = [ColumnFigures.Value(text: evil)]
            return figures
        }()
        let html = Sample.report(ReportFormat.html.calls(context), [try Sample.acceptedCall(own: [evil, "São Paulo"])])
        #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"\(language.rawValue)\">") && html.hasSuffix("</html>\n"))
        #expect(!html.contains("<script") && !html.contains("<img") && !html.contains("\u{202E}"))
        #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39;"))
        #expect(html.contains("default-src 'none'") || html.contains("default-src &#39;none&#39;"))
        #expect(!html.contains("http://") && !html.contains("https://"))
        #expect(try Self.openElements(html) == [])
    }

    @Test func `is the same for the same figures, but for the time at which it was written`() throws {
        var context = try Self.context(.english)
        let rows = [try Sample.acceptedCall()]
        let first = Sample.report(ReportFormat.html.calls(context), rows)
        #expect(first == Sample.report(ReportFormat.html.calls(context), rows))
        context.generatedAt = Sample.nine.advanced(by: .seconds(3600))
        let later = Sample.report(ReportFormat.html.calls(context), rows)
        #expect(
            first != later
                && first.replacing("Generated 2026-11-23 09:00", with: "")
                    == later.replacing("Generated 2026-11-23 10:00", with: "")
        )
    }

    @Test func `lists the contacts only while they are few`() throws {
        for (count, own, isListed) in [
            (2000, 2, true), (2001, 2, false), (2000, 8, true), (2000, 9, false), (1875, 9, true), (1, 29_993, true),
            (2, 29_993, false),
        ] {
            var context = try Self.context(.english, own: (1...own).map { "c\($0)" })
            context.summary.counts = StateCounts()
            context.summary.counts.accepted = count
            let exporter = ReportFormat.html.calls(context)
            #expect(exporter.needsRows == isListed)
            let html = Sample.report(exporter)
            #expect(html.contains("export them as xlsx or csv") != isListed)
            #expect(try Self.openElements(html) == [])
        }
    }

    @Test(arguments: [
        // Quarters of an hour since 1970-01-01 00:00 UTC, three hours ahead of São Paulo.
        (-1, 2, 20), (0, 2, 21), (11, 2, 23), (12, 3, 0), (-1 - 96 * 3, 6, 20), (-96 * 7, 2, 21),
    ])
    func `has every hour on its weekday, also before 1970`(_ number: Int, _ day: Int, _ hour: Int) throws {
        let quarter = Int64(number)
        var context = try Self.context(.english)
        context.statistics?.quarters = [quarter: QuarterCalls()]
        context.statistics?.quarters[quarter]?.calls = 7
        let html = Sample.report(ReportFormat.html.calls(context))
        let name = Language.english.reportWords.weekdays[day]
        #expect(html.contains("<title>\(name) \(hour)–\(hour + 1) h: "), "\(html)")
    }

    @Test func `says when figures do not add up`() throws {
        var context = try Self.context(.english)
        #expect(!Sample.report(ReportFormat.html.calls(context)).contains("class=\"wrong\""))
        context.statistics?.contactsByAttempts = [1: 3]
        #expect(Sample.report(ReportFormat.html.calls(context)).contains("class=\"wrong\""))
    }

    @Test func `shows what came after the calls only if it was measured`() throws {
        var context = try Self.context(.english)
        #expect(Sample.report(ReportFormat.html.calls(context)).contains("delivered to WhatsApp"))
        context.summary.happened = OutcomeCounts()
        let html = Sample.report(ReportFormat.html.calls(context))
        #expect(!html.contains("delivered to WhatsApp") && html.contains("No webhook has told"))
    }

    @Test func `has none of the English texts in Portuguese`() throws {
        let english = Language.english.reportWords
        let portuguese = Language.portuguese.reportWords
        // The same word in both languages.
        let shared: Set = ["Total"]
        for text in PageText.allCases where !shared.contains(english.page(text)) {
            #expect(english.page(text) != portuguese.page(text), "\(text)")
        }
        for column in ReportColumn.allCases {
            #expect(english.heading(column) != portuguese.heading(column), "\(column)")
        }
        let html = Sample.report(
            ReportFormat.html.calls(try Self.context(.portuguese)), [try Sample.acceptedCall()])
        let body = try #require(html.range(of: "<body>").map { html[$0.upperBound...] })
        // The code of a reason is one in every language.
        let codes: Set = ["refused"]
        for text in PageText.allCases where english.page(text).count > 6 && !codes.contains(english.page(text)) {
            #expect(!body.contains(">\(english.page(text))<"), "\(text)")
        }
        for word in ["accepted", "failed", "waiting", "Contacts", "answered", "excluded", "none"] {
            #expect(!body.replacing(#/class="[^"]*"/#, with: "").contains(word), "\(word)")
        }
        #expect(body.contains("23/11/2026 09:00") && body.contains("aceita"))
    }

    @Test func `other rows are a table`() throws {
        let context = try Self.context(.portuguese)
        let html = Sample.report(ReportFormat.html.attempts(context), [try Sample.acceptedAttempt()])
        #expect(html.contains("<td>5511987654321</td>") && html.contains(">Telefone</th>"))
        #expect(try Self.openElements(html) == [])
    }

    /// A campaign with two contacts, one of them accepted with the second attempt and answered.
    static func context(_ language: Language, own: [String] = ["nome", "cidade"]) throws -> ReportContext {
        var counts = StateCounts()
        counts.accepted = 1
        counts.failed = 1
        var summary = CampaignSummary(campaign: "cobranca", counts: counts)
        summary.happened.delivered = 1
        summary.happened.answered = 1
        summary.outcomes = [.accepted: 1, .refused: 2]
        summary.reasons = [ReasonCount(state: .failed, reason: "refused", contacts: 1)]
        summary.firstAttemptAt = Sample.nine
        summary.lastAttemptAt = Sample.nine.advanced(by: .seconds(60))
        var context = try Sample.context(own: own, summary: summary)
        context.words = language.reportWords
        // In the same minute, when all of it is over.
        context.generatedAt = Sample.nine.advanced(by: .seconds(59))
        var statistics = CampaignStatistics()
        statistics.contactsByAttempts = [2: 1, 1: 1]
        var series = CallSeries(from: Sample.nine, to: Sample.nine.advanced(by: .seconds(60)), utcOffset: -10_800)
        var instance = InstanceFigures(name: "vendas")
        for outcome in [AttemptOutcome.refused, .refused, .accepted] {
            series.add(at: Sample.nine, outcome: outcome, wasAnswered: outcome == .accepted)
            instance.outcomes[outcome, default: 0] += 1
            instance.latency.add(milliseconds: 181)
            statistics.latency.add(milliseconds: 181)
            statistics.quarters[Sample.nine.milliseconds / 900_000, default: QuarterCalls()].calls += 1
        }
        statistics.series = series
        statistics.instances = [instance]
        statistics.history.spans = [
            CampaignHistory.Span(.paused, from: Sample.nine, to: Sample.nine.advanced(by: .seconds(9)))
        ]
        statistics.history.settings = [
            CampaignHistory.Settings(from: Sample.nine, list: [CampaignSetting("workers", "8")])
        ]
        context.statistics = statistics
        return context
    }

    /// The elements that are not closed in order.
    static func openElements(_ html: String) throws -> [String] {
        var open: [String] = []
        for match in html.matches(of: #/<(/?)([a-z][a-z0-9]*)[^>]*>/#) {
            let name = String(match.output.2)
            if name == "meta" { continue }
            if match.output.1.isEmpty {
                open.append(name)
            } else if open.last == name {
                open.removeLast()
            } else {
                return open + ["/" + name]
            }
        }
        return open
    }
}
