import CampaignCore
import CampaignStore
import Dashboard

/// The calls of a campaign over time, as its page draws them: of the last hour while it is dialed, else of its last day.
struct CampaignChart {
    private static let parts: [(style: String, name: Phrase)] = [
        ("c-answered", Phrase("answered", "atendidas")),
        (
            "c-accepted",
            Phrase("accepted, not answered or not known yet", "aceitas, não atendidas ou ainda sem notícia")
        ),
        ("c-doubt", Phrase("in doubt", "em dúvida")), ("c-refused", Phrase("refused", "recusadas")),
        ("c-notplaced", Phrase("not placed: tried again", "não feitas: nova tentativa")),
    ]

    let chart: BarChart

    /// Nil when nobody has been called.
    @inline(never)  // see `RunLoop.open`
    init?(_ reader: StoreReader, _ facts: CampaignFacts, lastCall: Timestamp?, _ clock: LocalClock) throws {
        guard let lastCall else { return nil }
        let isDialed = facts.runner != nil
        let end = isDialed ? facts.now : lastCall
        let span = isDialed ? Duration.seconds(3_600) : .seconds(86_400)
        let points = try reader.series(
            campaign: facts.campaign, from: end.advanced(by: .zero - span), to: end.advanced(by: .seconds(60)),
            bucket: isDialed ? .seconds(60) : .seconds(1_800))
        guard points.contains(where: { $0.sums.calls > 0 }) else { return nil }
        let title =
            isDialed
            ? Phrase("Calls by minute, the last hour", "Ligações por minuto, na última hora")
            : Phrase("Calls over the last day of dialing", "Ligações no último dia de discagem")
        chart = BarChart(title, parts: Self.parts, bars: points.map { Self.bar($0, clock) })
    }

    private static func bar(_ point: CallSeriesPoint, _ clock: LocalClock) -> BarChart.Bar {
        let sums = point.sums
        // An answer may have come for a call whose reply was lost: it is shown among the doubts then, as it was.
        let answered = min(sums.answered, sums[.accepted])
        let notPlaced = sums[.notSent] + sums[.throttled] + sums[.misconfigured] + sums[.serverError]
        let time = clock.text(point.start, withSeconds: false)
        return BarChart.Bar(
            Phrase { String(time[$0].split(separator: " ").last ?? "") },
            [answered, sums[.accepted] - answered, sums[.inDoubt], sums[.refused], notPlaced])
    }
}
