import CampaignCore
import Markup

/// The campaign's name, the verdict in a few sentences, the most important figures, and whether they add up.
struct PageHeader: PageSection {
    let page: ReportPage

    func append(to html: inout HTMLBuilder) {
        html.element("header") { html in
            html.element("h1", text: words.sentence(.title(campaign: page.line(page.summary.campaign))))
            html.element("p", ["class": "soft"], text: moments.joined(separator: " · "))
            html.element("p", ["class": "verdict"], text: verdict.joined(separator: " "))
            if let until = page.context.eventsComeUntil {
                html.element("p", ["class": "soft"], text: words.sentence(.notFinal(until: page.text(until))))
            }
        }
        tiles(&html)
        sums(&html)
    }

    private var moments: [String] {
        var moments: [String] = []
        if let first = page.summary.firstAttemptAt { moments.append("\(words.page(.firstCall)) \(page.text(first))") }
        if let last = page.summary.lastAttemptAt { moments.append("\(words.page(.lastCall)) \(page.text(last))") }
        return moments + page.origin
    }

    /// What anybody should know who reads nothing else.
    private var verdict: [String] {
        let counts = page.counts
        let open = counts.ready + counts.dialing
        guard page.calls > 0 else {
            return [words.sentence(.nobodyYet)] + (open > 0 ? [words.sentence(.stillOpen(open))] : [])
        }
        var sentences = [
            words.sentence(
                .accepted(counts.accepted, of: counts.total, tenths: page.tenths(counts.accepted, of: counts.total)))
        ]
        let answered = page.summary.happened.answered
        if page.isMeasured {
            sentences.append(
                words.sentence(.answered(answered, tenths: page.tenths(answered, of: counts.accepted))))
        }
        if counts.failed > 0 { sentences.append(words.sentence(.failed(counts.failed))) }
        if counts.inDoubt > 0 { sentences.append(words.sentence(.inDoubt(counts.inDoubt))) }
        sentences.append(words.sentence(open > 0 ? .stillOpen(open) : .finished))
        return sentences
    }

    private func tiles(_ html: inout HTMLBuilder) {
        let counts = page.counts
        html.element("ul", ["class": "tiles"]) { html in
            tile(&html, "", words.page(.contacts), counts.total)
            tile(&html, "accepted", words.page(.acceptedByZAPI), counts.accepted)
            if page.isMeasured {
                tile(&html, "answered", words.page(.answeredByPeople), page.summary.happened.answered)
            }
            tile(&html, "failed", words.page(.failed), counts.failed)
            tile(&html, "doubt", words.state(.inDoubt), counts.inDoubt)
            tile(&html, "", words.page(.excluded), counts.excluded)
            tile(&html, "", words.page(.waiting), counts.ready + counts.dialing)
            tile(&html, "", words.page(.calls), page.calls)
        }
    }

    private func tile(_ html: inout HTMLBuilder, _ kind: String, _ name: String, _ count: Int) {
        html.element("li", ["class": kind]) { html in
            html.element("b", text: words.number(count))
            html.element("span", text: name)
        }
    }

    /// Sums of figures that were counted in different ways: the contacts by state and one by one, the calls by outcome
    /// and by the contacts' attempts.
    private func sums(_ html: inout HTMLBuilder) {
        html.element("section") { html in
            html.element("h2", text: words.page(.sums))
            let states: [CallState] = [.accepted, .failed, .inDoubt, .excluded, .ready, .dialing]
            sum(
                &html, states.map { (words.state($0), page.counts[$0]) },
                expected: page.statistics.contactsByAttempts.values.reduce(0, +), PageSentence.contactsAddUp)
            let outcomes = AttemptOutcome.allCases.map { outcome in
                (
                    words.outcome(outcome),
                    page.statistics.instances.reduce(0) { $0 + $1.outcomes[outcome, default: 0] }
                )
            }
            let unfinished = page.statistics.instances.reduce(0) { $0 + $1.unfinished }
            sum(
                &html, outcomes + [(words.page(.noResult), unfinished)],
                expected: page.statistics.contactsByAttempts.reduce(0) { $0 + $1.key * $1.value },
                PageSentence.callsAddUp)
        }
    }

    private func sum(
        _ html: inout HTMLBuilder, _ parts: [(name: String, count: Int)], expected: Int,
        _ right: (Int) -> PageSentence
    ) {
        let total = parts.reduce(0) { $0 + $1.count }
        let shown = parts.filter { $0.count > 0 }.map { "\($0.name) \(words.number($0.count))" }
        html.element("p") { html in
            html.text(shown.isEmpty ? "0 " : shown.joined(separator: " + ") + " ")
            html.element(
                "span", ["class": total == expected ? "ok" : "wrong"],
                text: words.sentence(total == expected ? right(total) : .doesNotAddUp(total, expected: expected)))
        }
    }
}
