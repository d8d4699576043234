extension DialingStatus {
    /// One sentence for a page, without anything to type.
    ///
    /// - Parameter withRemedy: whether it tells the ``remedy``, too; what is recorded tells that itself.
    package func sentence(_ times: TimeWords, withRemedy: Bool = false) -> Phrase {
        var clause = clause(times)
        if withRemedy, !isStopped, let remedy = remedy.phrase { clause = clause + Phrase(verbatim: ": ") + remedy }
        return Phrase { language in
            let text = clause[language]
            let first = text.prefix(1).uppercased() + text.dropFirst()
            return text.hasSuffix(".") ? first : first + "."
        }
    }

    /// The sentence for a line on a terminal, with the remedy's commands.
    ///
    /// - Parameter withRemedy: whether the remedy is told; a process that still holds the database is told always.
    package func line(
        of campaign: String, _ suggested: SuggestedCommands, _ times: TimeWords, withRemedy: Bool = true
    ) -> Phrase {
        let remedy = withRemedy ? remedy.phrase(of: campaign, suggested) : nil
        // What is recorded tells what to do itself.
        if let stop = facts.stop, isStopped { return withRemedy ? stop : clause(times) }
        let separator = word == .idle || word == .held || word == .done ? "; " : ": "
        return clause(times) + (remedy.map { Phrase(verbatim: separator) + $0 } ?? Self.nothing) + ending
    }

    /// The same without a capital, a period and what to do.
    package func clause(_ times: TimeWords) -> Phrase {
        switch word {
        case .dialing, .pace, .window, .cap, .instance, .retry, .perPerson, .heldBack, .canary, .answers, .contacts:
            facts.process == .dials ? waiting(times) : stopped
        case .brake, .audio, .contradiction, .obstacle: stopped
        case .stopping:
            Phrase {
                $0.text("stopping: ", "parando: ") + $0.counted(facts.counts.dialing, .call)
                    + $0.text(" under way", " em andamento")
            }
        case .paused: paused(times)
        case .cancelling:
            Phrase(
                "being cancelled: none of the ready contacts will be called",
                "sendo cancelada: nenhum contato que aguarda receberá ligação")
        case .expired: expired(times)
        case .held: held
        case .unknown: unknown
        case .noProcess: noProcess
        case .idle: idle(times)
        case .empty: Phrase("it has no contacts yet", "ainda não tem contatos")
        case .doubt:
            Phrase("done, with \(facts.counts.inDoubt) in doubt", "concluída, com \(facts.counts.inDoubt) em dúvida")
        case .replies: Phrase("done; ", "concluída; ") + .repliesWaiting(facts.repliesWaiting)
        case .done:
            isDialed
                ? Phrase("nobody is left to call", "não falta ligar para ninguém") : Phrase("done", "concluída")
        }
    }

    private static let nothing = Phrase(verbatim: "")

    /// Whether it is not dialed for a recorded reason.
    package var isStopped: Bool {
        switch word {
        case .brake, .audio, .contradiction, .obstacle: true
        case .instance: !isDialed
        case .dialing, .pace, .window, .cap, .retry, .perPerson, .heldBack, .canary, .answers, .contacts, .stopping,
            .paused, .cancelling, .expired, .held, .unknown, .noProcess, .idle, .empty, .doubt, .replies, .done:
            false
        }
    }

    private var stopped: Phrase { facts.stop.map(StopReason.withoutCommands) ?? Self.notRunning }

    private static let notRunning = Phrase("not running", "não está em execução")

    /// What the process that dials it does or waits for.
    private func waiting(_ times: TimeWords) -> Phrase {
        if let said = said(times) { return said }
        if word == .retry, let until { return Self.due(until, times) }
        // Its instances say more than its run.
        let found = RunActivity.Word(rawValue: word.rawValue).map { RunActivity(word: $0, until: until) }
        if let found = found?.phrase(times) { return found }
        return facts.counts.ready > 0
            ? Self.dialing : Phrase("the last calls are under way", "as últimas ligações estão em andamento")
    }

    /// What its run says, if that is the answer.
    private func said(_ times: TimeWords) -> Phrase? {
        switch facts.wait {
        case .reason(let reason):
            guard word == .pace || word.rawValue == reason.activity.word.rawValue else { return nil }
            return reason.phrase(times, isByContactClock: facts.isByContactClock)
        case .activity(let activity):
            return word.rawValue == activity.word.rawValue ? activity.phrase(times) : nil
        case nil: return nil
        }
    }

    private static let dialing = Phrase("dialing", "discando")

    private static func due(_ moment: Timestamp, _ times: TimeWords) -> Phrase {
        Phrase("the next contact is due at ", "o próximo contato é a partir de ") + times.moment(moment)
    }

    private func paused(_ times: TimeWords) -> Phrase {
        guard let pause = facts.pause else { return Phrase("paused", "pausada") }
        return Phrase("paused since ", "pausada desde ") + times.moment(pause.since)
            + Phrase(", by \(pause.user)", ", por \(pause.user)")
    }

    private func expired(_ times: TimeWords) -> Phrase {
        let count = facts.counts.ready
        let end = facts.expiresAt.map(times.moment) ?? Phrase(verbatim: "")
        return Phrase("expired at ", "o prazo acabou em ") + end + Phrase(verbatim: ": ") + .counted(count, .contact)
            + Phrase(
                " will not be called", count == 1 ? " não receberá ligação" : " não receberão ligação")
    }

    /// Calls that were under way when the process that dialed it was killed.
    private var interrupted: Phrase {
        let count = facts.counts.dialing
        guard count > 0 else { return Self.nothing }
        return Phrase(
            "; \(count) \(count == 1 ? "was" : "were") under way when the run ended",
            "; \(count) \(count == 1 ? "estava" : "estavam") em andamento quando a execução terminou")
    }

    private var noProcess: Phrase {
        Phrase("active, but no process dials it", "ativa, mas nenhum processo a disca") + interrupted
    }

    private func idle(_ times: TimeWords) -> Phrase {
        let due = until.map { Phrase(verbatim: "; ") + Self.due($0, times) }
        return Self.notRunning + interrupted + (due ?? Self.nothing)
    }

    private var held: Phrase {
        guard case .other(let process) = facts.process else {
            return Phrase(
                "another process holds the database, and it is not known whether it dials this campaign",
                "outro processo usa o banco de dados, e não se sabe se ele está discando esta campanha")
        }
        return (facts.isActive ? noProcess : Self.notRunning + interrupted)
            + Phrase("; \(process.english) holds the database", "; \(process.portuguese) usa o banco de dados")
    }

    private var unknown: Phrase {
        guard case .unknown(let why) = facts.process else { return Self.notRunning }
        return Phrase(
            "it is not known whether it is being dialed (\(why.english))",
            "não se sabe se ela está sendo discada (\(why.portuguese))")
    }

    /// A process that has ended its run, after everything else.
    private var ending: Phrase {
        guard case .ending(let process) = facts.process, !isDialed else { return Self.nothing }
        return Phrase(
            "; \(process.english) still holds the database", "; \(process.portuguese) ainda usa o banco de dados")
    }
}

extension Phrase {
    /// `1 reply waits for a decision`, `3 replies wait for a decision`.
    package static func repliesWaiting(_ count: Int) -> Phrase {
        Phrase.counted(count, .reply)
            + Phrase(
                count == 1 ? " waits for a decision" : " wait for a decision",
                count == 1 ? " aguarda decisão" : " aguardam decisão")
    }
}
