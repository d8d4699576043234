import CampaignCore
import CampaignStore

extension NumberReport {
    /// What the contact's state means for it, and what changes that.
    func meaning(of contact: ContactRow) -> Phrase {
        switch contact.state {
        case .ready: return meaningOfReady(contact)
        case .dialing:
            return Phrase(
                "The call is under way, or its run was interrupted; the next run finds out which.",
                "A ligação está em andamento, ou a execução foi interrompida; a próxima execução descobre qual dos dois."
            )
        case .accepted: return meaningOfAccepted(contact)
        // There is no number to requeue.
        case .failed where contact.phone.isForgotten: return Phrase("Its call failed.", "A ligação falhou.")
        case .failed:
            let retry = suggested.command("retry", campaign, "--failed")
            return Phrase(
                "It is not dialed again unless you requeue it with `\(retry)`.",
                "Só recebe ligação de novo se voltar para a fila com `\(retry)`.")
        case .inDoubt:
            let resolve = suggested.command("resolve", campaign)
            return Phrase(
                "It may have rung: it is not dialed again until `\(resolve)` says what happened.",
                "Pode ter tocado: não recebe ligação de novo até `\(resolve)` dizer o que aconteceu.")
        case .excluded where contact.reason == ExclusionReason.unanswered.rawValue:
            return Phrase(
                "It did not answer as often in a row as the campaign allows (perPerson: unansweredInARow), and is not dialed.",
                "Não atendeu tantas vezes seguidas quanto a campanha permite (perPerson: unansweredInARow), e não recebe "
                    + "ligação.")
        case .excluded where contact.reason == ExclusionReason.samePerson.rawValue && !contact.phone.isForgotten:
            let retry = suggested.command("retry", campaign, "--where", "reason = same_person")
            return Phrase(
                "The person has been called as another contact of the campaign, with another number of theirs. If that call "
                    + "did not reach them, `\(retry)` has this number dialed.",
                "A pessoa já recebeu ligação como outro contato da campanha, em outro número dela. Se aquela ligação não "
                    + "chegou, `\(retry)` faz ligar para este número.")
        case .excluded: return Phrase("It is not dialed.", "Não recebe ligação.")
        }
    }

    private func meaningOfAccepted(_ contact: ContactRow) -> Phrase {
        let accepted = Phrase(
            "Z-API has accepted the call; it is not dialed again.",
            "A Z-API aceitou a ligação; não recebe ligação de novo.")
        switch contact.answer {
        case nil: return accepted
        case .answered: return accepted + Phrase(" It was answered.", " Foi atendida.")
        case .notAnswered where contact.phone.isForgotten:
            return accepted + Phrase(" Nobody answered.", " Ninguém atendeu.")
        case .notAnswered:
            let retry = suggested.command("retry", campaign, "--where", "answer = not_answered")
            return Phrase(
                "Z-API has accepted the call, and nobody answered. It is dialed again only if the campaign redials, or "
                    + "you requeue it as `\(retry)` does.",
                "A Z-API aceitou a ligação, e ninguém atendeu. Só recebe ligação de novo se a campanha tenta outra vez, ou "
                    + "se voltar para a fila como faz `\(retry)`.")
        }
    }

    private func meaningOfReady(_ contact: ContactRow) -> Phrase {
        let end = Phrase(verbatim: "; ") + before + Phrase(verbatim: ".")
        switch limited {
        case .mayBeCalled: break
        case .waits(let until):
            return Phrase(
                "It has been called as often as perPerson allows, until ",
                "Já recebeu as ligações que perPerson permite, até ") + clock.text(until) + end
        case .unanswered:
            return Phrase(
                "It did not answer as often in a row as perPerson allows: it is excluded when its turn comes.",
                "Não atendeu tantas vezes seguidas quanto perPerson permite: será excluído quando chegar a vez.")
        }
        let notBefore = Phrase(", not before ", ", não antes de ")
        guard let due = details.dueAt, due > .epoch else {
            guard let eventsComeUntil else { return Phrase("It is waiting for its turn", "Espera a vez") + end }
            return Self.waitingForEvents + notBefore + clock.text(eventsComeUntil) + end
        }
        return waitingFor(contact, until: due) + notBefore + clock.text(due) + end
    }

    /// How many contacts come before it.
    private var before: Phrase {
        let count = details.before ?? 0
        let more = details.isMoreBefore ? Phrase("more than ", "mais de ") : Phrase(verbatim: "")
        return more + Phrase.counted(count, .contact)
            + Phrase(count == 1 ? " comes before it" : " come before it", count == 1 ? " vem antes" : " vêm antes")
    }

    private func waitingFor(_ contact: ContactRow, until due: Timestamp) -> Phrase {
        if contact.attempts > 0 { return Phrase("It will be tried again", "Haverá nova tentativa") }
        if let notBefore = details.notBefore, due <= notBefore {
            return Phrase("It is held back by its list", "A lista o segura")
        }
        if window != nil {
            return Phrase(
                "It is waiting for the window in its time zone", "Espera o horário de ligação no fuso horário dele")
        }
        return eventsComeUntil == nil ? Phrase("It is waiting", "Espera") : Self.waitingForEvents
    }

    private static let waitingForEvents = Phrase(
        "It is waiting because events of the person's last call may still come",
        "Espera porque ainda podem chegar eventos da última ligação à pessoa")
}
