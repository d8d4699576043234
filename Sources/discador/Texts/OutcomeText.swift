import CampaignCore
import CampaignStore

extension OutcomeCounts {
    /// What came of accepted calls, part by part: `140 answered`, `120 not answered`, `20 called back`, `3 opted out`,
    /// without what happened to nobody; empty when nothing is known.
    var phrases: [Phrase] {
        [
            (answered, answered == 1 ? Phrase("answered", "atendida") : Phrase("answered", "atendidas")),
            (
                notAnswered,
                notAnswered == 1 ? Phrase("not answered", "não atendida") : Phrase("not answered", "não atendidas")
            ),
            (calledBack, Phrase("called back", calledBack == 1 ? "retornou" : "retornaram")),
            (replied, Phrase("replied", replied == 1 ? "respondeu" : "responderam")),
            (optedOut, Phrase("opted out", optedOut == 1 ? "pediu para não receber" : "pediram para não receber")),
        ].filter { $0.0 > 0 }.map { Phrase(verbatim: "\($0.0) ") + $0.1 }
    }
}

extension OutcomeCounts {
    /// For JSON.
    struct Document: Encodable {
        var delivered, answered, notAnswered, calledBack, replied, optedOut: Int

        init(_ counts: OutcomeCounts) {
            delivered = counts.delivered
            answered = counts.answered
            notAnswered = counts.notAnswered
            calledBack = counts.calledBack
            replied = counts.replied
            optedOut = counts.optedOut
        }
    }
}

extension InstanceHearing {
    /// Fewer calls may simply be so recent that nothing has been heard of them yet.
    private static let fewestSilentCalls = 5

    /// Whether calls were placed, and no event told anything about them: the address is wrong, the receiver is not
    /// running, or filters at Z-API hold events back.
    var isSilent: Bool { callsSince >= Self.fewestSilentCalls }

    /// What is wrong, and what to do; nil when nothing is.
    func silencePhrase(of campaign: String, _ suggested: SuggestedCommands, _ clock: LocalClock) -> Phrase? {
        guard isSilent else { return nil }
        let last =
            lastCallEventAt.map {
                Phrase("the last event about a call came at ", "o último evento sobre uma ligação chegou em ")
                    + clock.text($0)
            }
            ?? Phrase("no event about a call has ever come", "nunca chegou um evento sobre uma ligação")
        let test = "`\(suggested.command("webhooks", "test", campaign))`"
        return Phrase { language in
            language.text(
                "ALARM: \(language.counted(callsSince, .call)) placed and nothing heard of "
                    + "\(callsSince == 1 ? "it" : "them"); \(last[language]). Find out why with \(test)",
                "ALERTA: \(language.counted(callsSince, .call)) e nenhuma notícia; \(last[language]). Descubra por quê "
                    + "com \(test)")
        }
    }

    /// That it must rest, why, and how to end that; nil when it need not.
    func restPhrase(of campaign: String, _ suggested: SuggestedCommands, _ clock: LocalClock) -> Phrase? {
        rest.map { rest in
            let release = suggested.command("webhooks", "release", campaign, "--instance", name)
            return Phrase("QUARANTINE until ", "QUARENTENA até ") + clock.text(rest.until) + Phrase(verbatim: ": ")
                + Phrase(recorded: rest.reason)
                + Phrase(
                    ". Z-API advises to wait; `\(release)` ends it",
                    ". A Z-API aconselha esperar; `\(release)` encerra a quarentena")
        }
    }
}
