import CampaignCore
import Reports
import Testing

struct SummaryTextTests {
    @Test func `deliveries of which nothing more was told are counted, also when no answer ever was`() throws {
        var summary = CampaignSummary(campaign: "cobranca", counts: StateCounts())
        summary.happened.delivered = 3
        let text = String(decoding: try Sample.context(summary: summary).summaryText(), as: UTF8.self)
        #expect(text.contains("answer not known  3"), "\(text)")
    }

    @Test func `the summary says what became of the contacts, why, and what to do next`() throws {
        let text = Sample.report(ReportFormat.text.calls(try Sample.context(summary: fullSummary())))
        #expect(
            text == """
                Campaign cobranca novembro

                Contacts                           Attempts by outcome
                  accepted    990 000   98.9%        accepted        990 000   99.0%
                  failed        5 000    0.5%        in doubt             12    0.0%
                  in doubt         12    0.0%        refused           4 000    0.4%
                  excluded      4 988    0.5%        server error      6 000    0.6%
                  ready         1 000    0.1%        total         1 000 012  100.0%
                  dialing           0    0.0%
                  total     1 001 000  100.0%

                Accepted: Z-API took the call; whether the phone rang is told by webhooks only.

                Reasons
                  4 988  excluded  do_not_call
                  4 000  failed    refused
                  1 000  failed    attempts_used_up
                     12  in doubt  no_reply

                Most frequent errors
                  4 000  Phone number does not exist
                  3 000  Timeout on send message
                  2 000  Error on send message
                  1 000  upstream said no
                     12  … with 2 other errors

                Time
                  first attempt  2026-11-23T09:00:00.000-03:00
                  last attempt   2026-11-23T17:59:58.120-03:00
                  time between   8 h 59 min 58 s
                  calls an hour  111 118

                Next
                  discador doubts 'cobranca novembro'                              12 phones may have rung
                  discador run 'cobranca novembro'                                 1 000 contacts are not finished
                  discador retry 'cobranca novembro' --failed                      5 000 contacts failed
                  discador report 'cobranca novembro' --format csv --rows rejects  34 rows were rejected at import

                """
        )
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

    @Test func `the summary of an empty campaign is short and does not divide by zero`() throws {
        let summary = CampaignSummary(campaign: "vazia", counts: StateCounts())
        #expect(
            Sample.report(ReportFormat.text.calls(try Sample.context(summary: summary))) == """
                Campaign vazia

                Contacts           Attempts by outcome
                  accepted  0        total  0
                  failed    0
                  in doubt  0
                  excluded  0
                  ready     0
                  dialing   0
                  total     0

                """
        )
    }

    @Test(arguments: [96, 80, 60, 40])
    func `on a terminal no line is wider than it, words are whole, and so are commands`(width: Int) throws {
        var context = try Sample.context(summary: fullSummary())
        context.terminalWidth = width
        let lines = context.summaryLines
        let suggested = try #require(context.suggested)
        let commands = [
            suggested.command("doubts", "cobranca novembro"),
            suggested.command("report", "cobranca novembro", "--format", "csv", "--rows", "rejects"),
        ]
        for line in lines where !line.hasPrefix("  discador ") {
            #expect(TerminalText.width(line) <= width, "\(line)")
        }
        // Where the explanations do not fit, each is below its command.
        for command in commands { #expect(lines.contains("  \(command)") || width == 96, "\(lines)") }
        var whole = context
        whole.terminalWidth = nil
        func words(_ lines: [String]) -> [Substring] { lines.flatMap { $0.split(separator: " ") }.sorted() }
        #expect(words(lines) == words(whole.summaryLines))
    }

    @Test func `the summary needs no rows and says so`() throws {
        let context = try Sample.context()
        #expect(!ReportFormat.text.calls(context).needsRows)
        #expect(ReportFormat.text.attempts(context).needsRows)
        #expect(ReportFormat.csv.calls(context).needsRows)
        #expect(
            Sample.bytes(ReportFormat.text.calls(context), [try Sample.acceptedCall()]) == context.summaryText()
        )
    }

    @Test(arguments: [
        ([1, 1, 1, 0, 0, 0], ["33.4%", "33.3%", "33.3%", "0.0%", "0.0%", "0.0%"]),
        ([2, 1, 0, 0, 0, 0], ["66.7%", "33.3%", "0.0%", "0.0%", "0.0%", "0.0%"]),
        ([1, 1, 1, 1, 1, 1], ["16.7%", "16.7%", "16.7%", "16.7%", "16.6%", "16.6%"]),
        ([999_999, 0, 1, 0, 0, 0], ["100.0%", "0.0%", "0.0%", "0.0%", "0.0%", "0.0%"]),
    ])
    func `percentages add up to a hundred`(counts: [Int], percentages: [String]) throws {
        let states: [CallState] = [.accepted, .failed, .inDoubt, .excluded, .ready, .dialing]
        var summary = CampaignSummary(campaign: "c", counts: StateCounts())
        for (state, count) in zip(states, counts) { summary.counts[state] = count }
        let lines = Sample.report(ReportFormat.text.calls(try Sample.context(summary: summary))).split(separator: "\n")
        let shown = lines.dropFirst(2).prefix(6).map { line in
            line.split(separator: " ").first { $0.hasSuffix("%") }.map(String.init) ?? ""
        }
        #expect(shown == percentages)
    }

    @Test func `an error text of any kind stays on its line and cannot control the terminal`() throws {
        var summary = CampaignSummary(campaign: "c", counts: StateCounts())
        summary.errors = [
            ErrorCount(error: "\u{1B}[2J\nred\u{202E}\u{9B}31m", attempts: 2),
            ErrorCount(error: String(repeating: "名", count: 90), attempts: 1),
        ]
        let text = Sample.report(ReportFormat.text.calls(try Sample.context(summary: summary)))
        #expect(text.contains("  2   [2J red  31m\n"))
        #expect(text.contains("  1  " + String(repeating: "名", count: 37) + "…\n"))
    }

    @Test(arguments: [
        (0, "0.000 s"), (1_234, "1.234 s"), (59_999, "59.999 s"), (60_000, "1 min 0 s"), (3_600_000, "1 h 0 min 0 s"),
        (183_845_000, "2 d 3 h 4 min 5 s"), (-5, "0.000 s"),
    ])
    func `the time between first and last attempt is written in suitable units`(
        milliseconds: Int64,
        text: String
    ) throws {
        var summary = CampaignSummary(campaign: "c", counts: StateCounts())
        summary.firstAttemptAt = Sample.nine
        summary.lastAttemptAt = Timestamp(milliseconds: Sample.nine.milliseconds + milliseconds)
        let report = Sample.report(ReportFormat.text.calls(try Sample.context(summary: summary)))
        #expect(report.contains("\n  time between   \(text)\n"))
    }

    @Test(arguments: [
        ("cobranca-2026.11", "cobranca-2026.11"), ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("", "''"),
        ("cobrança", "cobrança"), ("$(rm)", "'$(rm)'"),
    ])
    func `the next command can be pasted into a shell`(name: String, word: String) throws {
        var summary = CampaignSummary(campaign: name, counts: StateCounts())
        summary.counts.inDoubt = 1
        let report = Sample.report(ReportFormat.text.calls(try Sample.context(summary: summary)))
        #expect(report.hasSuffix("\nNext\n  discador doubts \(word)  1 phone may have rung\n"))
    }

    @Test func `in Portuguese the summary has words instead of codes, and times as Brazilians write them`() throws {
        var context = try Sample.context(summary: fullSummary())
        context.words = Language.portuguese.reportWords
        let text = Self.squeezed(context)
        for line in [
            "Campanha cobranca novembro", "aceita 990 000 98,9% aceita 990 000 99,0%",
            "4 988 excluída na lista de não ligar", "12 … com 2 outros erros",
            "primeira tentativa 23/11/2026 09:00:00 (America/Sao_Paulo)", "ligações por hora 111 118",
            "5 000 contatos falharam", "12 telefones podem ter tocado",
        ] {
            #expect(text.contains(line), "\(line) in:\n\(text)")
        }
        for code in ["do_not_call", "in_doubt", "accepted", "server_error"] { #expect(!text.contains(code), "\(text)") }
    }

    @Test func `with statistics every reason has an example and a remedy, and latencies are shown`() throws {
        var summary = fullSummary()
        summary.happened.answered = 99_000
        var context = try Sample.context(summary: summary)
        var statistics = CampaignStatistics()
        let phone = try Sample.acceptedCall().phone
        statistics.examples[StateReason(.failed, "refused")] = [phone]
        statistics.errorExamples["upstream said no"] = phone
        for milliseconds in 1...100 { statistics.latency.add(milliseconds: milliseconds * 10) }
        context.statistics = statistics
        let text = Self.squeezed(context)
        for line in [
            "99 000 10.0%", "4 000 failed refused\ne.g. \(phone.text). Read the error. A wrong number is",
            "1 000 upstream said no (e.g. \(phone.text))", "p50 500 ms", "p90 900 ms", "p99 990 ms",
            "longest 1 000 ms",
        ] {
            #expect(text.contains(line), "\(line) in:\n\(text)")
        }
        #expect(context.summaryLines.allSatisfy { $0.count <= 100 })
    }

    @Test func `a paused campaign is to be resumed, not run`() throws {
        var summary = CampaignSummary(campaign: "c", counts: StateCounts())
        summary.counts.ready = 2
        var context = try Sample.context(summary: summary)
        context.isPaused = true
        let text = String(decoding: context.summaryText(), as: UTF8.self)
        #expect(text.hasSuffix("\nNext\n  discador resume c  2 contacts wait for the end of the pause\n"), "\(text)")
    }

    /// The summary without the spaces that align it.
    private static func squeezed(_ context: ReportContext) -> String {
        context.summaryLines.map { $0.split(separator: " ").joined(separator: " ") }.joined(separator: "\n")
    }

    private func fullSummary() -> CampaignSummary {
        var counts = StateCounts()
        counts.accepted = 990_000
        counts.failed = 5_000
        counts.inDoubt = 12
        counts.excluded = 4_988
        counts.ready = 1_000
        var summary = CampaignSummary(campaign: "cobranca novembro", counts: counts)
        summary.reasons = [
            ReasonCount(state: .accepted, reason: "", contacts: 990_000),
            ReasonCount(state: .excluded, reason: "do_not_call", contacts: 4_988),
            ReasonCount(state: .failed, reason: "refused", contacts: 4_000),
            ReasonCount(state: .failed, reason: "attempts_used_up", contacts: 1_000),
            ReasonCount(state: .inDoubt, reason: "no_reply", contacts: 12),
        ]
        summary.outcomes = [.accepted: 990_000, .refused: 4_000, .serverError: 6_000, .inDoubt: 12]
        summary.errors = [
            ErrorCount(error: "Phone number does not exist", attempts: 4_000),
            ErrorCount(error: "Timeout on send message", attempts: 3_000),
            ErrorCount(error: "Error on send message", attempts: 2_000),
            ErrorCount(error: "upstream said no", attempts: 1_000),
            ErrorCount(error: "reset", attempts: 8),
            ErrorCount(error: "other", attempts: 4),
        ]
        summary.rejectedRows = 34
        summary.firstAttemptAt = Sample.nine
        summary.lastAttemptAt = Sample.nine.advanced(by: .milliseconds(32_398_120))
        return summary
    }
}
