import CampaignCore
import CampaignStore
import Dashboard

/// The calls of a campaign over time, as its page draws them: of the last hour while it is dialed, else of its last day,
/// or hour when it took no longer.
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

    private static let (hour, day) = (Duration.seconds(3_600), Duration.seconds(86_400))

    let chart: BarChart

    /// Nil when nobody has been called.
    @inline(never)  // see `RunLoop.open`
    init?(_ reader: StoreReader, _ facts: CampaignFacts, lastCall: Timestamp?, _ clock: LocalClock) throws {
        guard let lastCall else { return nil }
        let isDialed = facts.runner != nil
        let end = isDialed ? facts.now : lastCall
        func points(of span: Duration, bucket: Duration) throws -> [CallSeriesPoint] {
            try reader.series(
                campaign: facts.campaign, from: end.advanced(by: .zero - span), to: end.advanced(by: .seconds(60)),
                bucket: bucket)
        }
        var shown = try points(of: isDialed ? Self.hour : Self.day, bucket: .seconds(isDialed ? 60 : 1_800))
        guard let first = shown.first(where: { $0.sums.calls > 0 }) else { return nil }
        var title =
            isDialed
            ? Phrase("Calls by minute, the last hour", "Ligações por minuto, na última hora")
            : Phrase("Calls over the last day of dialing", "Ligações no último dia de discagem")
        if !isDialed, first.start >= end.advanced(by: .zero - Self.hour) {
            // Short ones would be a single bar at the edge of a day.
            shown = try points(of: Self.hour, bucket: .seconds(60))
            title = Phrase("Calls by minute, up to the last one", "Ligações por minuto, até a última")
        }
        chart = BarChart(title, parts: Self.parts, bars: shown.map { Self.bar($0, clock) })
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
