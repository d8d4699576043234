import CampaignCore
import Testing

@testable import discador

/// The sentence that a run begins with.
@Suite(.fewAtATime) struct `The opening of a run` {
    /// 2026-11-18, 08:06 in São Paulo.
    private static let now = Timestamp(milliseconds: 1_795_000_000_000)

    private static func phrase(instances: Int, begins: Timestamp?, ends: Timestamp?) -> Phrase {
        var campaign = Campaign(
            name: "cobranca",
            instances: (1...instances).map { Instance(name: "i\($0)", id: "\($0)", token: Secret("t")) })
        campaign.window = CallingWindow(
            timeZone: "America/Sao_Paulo", days: [.mon], fromMinute: 0, toMinute: 60, holidays: [])
        var counts = StateCounts()
        (counts.ready, counts.accepted) = (36, 4)
        return RunOpening(campaign, counts, begins: begins, ends: ends).phrase(now: now)
    }

    @Test func `names the instances, and the zone of its times`() {
        let phrase = Self.phrase(
            instances: 2, begins: Self.now.advanced(by: .seconds(3600)), ends: Self.now.advanced(by: .seconds(90_000)))
        #expect(
            phrase.english == "cobranca: 36 of 40 contacts to call through i1 and i2, beginning 09:06, until about "
                + "tomorrow 09:06 (times: America/Sao_Paulo).")
        #expect(
            phrase.portuguese
                == "cobranca: 36 de 40 contatos para ligar por i1 e i2, a partir de 09:06, até por volta de "
                + "amanhã 09:06 (horários: America/Sao_Paulo).")
    }

    @Test func `counts many instances, and leaves out an end that is not known`() {
        let phrase = Self.phrase(instances: 9, begins: Self.now, ends: nil)
        #expect(phrase.english == "cobranca: 36 of 40 contacts to call through 9 instances.")
        #expect(phrase.portuguese == "cobranca: 36 de 40 contatos para ligar por 9 instâncias.")
    }
}
