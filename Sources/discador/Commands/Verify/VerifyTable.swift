import CampaignCore

/// The figures of a verification as text: what | count | must be.
struct VerifyTable {
    let tally: VerifyTally
    let language: Language

    var text: String {
        let heading = (
            language.text("what", "o quê"), language.text("count", "quantos"), language.text("must be", "deve ser")
        )
        let broken = "0  \(language.text("BROKEN", "QUEBRADA"))"
        let rows =
            [heading] + (figures + tally.webhooks.figures).map { ($0[language], "\($1)", "") }
            + tally.violations.map { ($0.promise[language], "\($0.count)", $0.count == 0 ? "0" : broken) }
        let widths = (what: rows.map(\.0.count).max() ?? 0, count: rows.map(\.1.count).max() ?? 0)
        let lines = rows.map { what, count, mustBe in
            let line =
                what + String(repeating: " ", count: widths.what - what.count + 2)
                + String(repeating: " ", count: widths.count - count.count) + count
            return mustBe.isEmpty ? line : line + "  " + mustBe
        }
        let tolerance = VerifyTally.arrivalTolerance.millisecondsRoundedUp
        let remark = language.text(
            "(by arrival: with a tolerance of \(tolerance) ms for delays on a busy machine)",
            "(pela chegada: com uma tolerância de \(tolerance) ms para atrasos numa máquina ocupada)")
        return lines.joined(separator: "\n") + "\n" + remark
    }

    private var figures: [(Phrase, Int)] {
        let audit = tally.audit
        return [
            (
                Phrase("rounds, each with a fresh database", "rodadas, cada uma com um banco de dados novo"),
                tally.rounds
            ),
            (Phrase("contacts", "contatos"), audit.contacts),
            (Phrase("runs and services started", "execuções e serviços iniciados"), tally.starts),
            (Phrase("runs and services killed", "execuções e serviços derrubados"), tally.kills),
            (Phrase("of those, services that dialed", "destes, serviços que ligavam"), tally.servicesKilled),
            (
                Phrase(
                    "of those, runs that another process dialed for",
                    "destes, execuções para as quais outro processo ligava"),
                tally.clientsKilled
            ),
            (
                Phrase("takeovers by a process that had waited", "vezes em que um processo que esperava assumiu"),
                tally.takeovers
            ),
            (Phrase("pauses during the runs", "pausas durante as execuções"), tally.pauses),
            (
                Phrase("rests of refused contacts, cancelled", "restos de contatos recusados, cancelados"),
                tally.givenUp
            ),
            (Phrase("runs ended by a full disk", "execuções encerradas por disco cheio"), tally.fullDisks),
            (
                Phrase("results spooled by those runs", "resultados que elas guardaram ao lado do banco"),
                tally.resultsSpooled
            ),
            (Phrase("commands during the runs", "comandos durante as execuções"), tally.commandsBeside),
            (
                Phrase("numbers blocked during the runs", "números bloqueados durante as execuções"),
                tally.blockedBeside
            ),
            (Phrase("calls requested", "ligações pedidas"), audit.requests),
            (Phrase("rings", "toques"), audit.rings),
            (
                Phrase(
                    "calls held while an instance was disconnected",
                    "ligações guardadas com uma instância desconectada"),
                audit.heldWhileDisconnected
            ),
            (Phrase("in doubt", "em dúvida"), audit.inDoubt),
            (Phrase("of those, actually rang", "destas, tocaram de fato"), audit.inDoubtThatRang),
            (Phrase("rounds with webhooks", "rodadas com webhooks"), tally.roundsWithWebhooks),
        ]
    }
}
