import CampaignCore
import CampaignStore

extension CampaignPlan {
    /// The plan in words.
    func lines(_ language: Language) -> [String] {
        let counts = summary.counts
        var lines = ["\(campaign.name): \(language.counted(counts.total, .contact))"]
        lines.append(language.text("  to be called   \(counts.ready)", "  para ligar     \(counts.ready)"))
        lines += (heldBackLine + perPersonLines + heldByReplyLine).map { $0[language] }
        lines += excluded.map {
            language.text("  not called     ", "  sem ligação    ") + "\($0.contacts) × \($0.reason)"
        }
        lines += others.filter { $0.0 > 0 }.map {
            language.text("  not again      ", "  não de novo    ") + "\($0.0) × \($0.1[language])"
        }
        if summary.rejectedRows + summary.duplicateRows > 0 {
            lines.append(leftOut[language])
        }
        lines += whatsAppLines.map { $0[language] }
        lines += ["", language.text("Pace: ", "Ritmo: ") + pace[language]]
        lines += [campaign.pacePhrase, campaign.redialPhrase].compactMap {
            $0.map { language.text("Note: \($0.english).", "Obs.: \($0.portuguese).") }
        }
        lines += InstanceToday.lines(today, language)
        lines += [language.text("Window: ", "Horário de ligação: ") + campaign.windowPhrase[language]]
        lines += clocks?.phrases.map { $0[language] } ?? []
        return lines + (endLines + clockName).map { $0[language] }
    }

    /// Why contacts would not be called.
    func words(_ obstacle: CallForecast.Obstacle, _ clock: LocalClock) -> Phrase {
        switch obstacle {
        case .expires:
            campaign.expires.map {
                Phrase("the campaign expires ", "a campanha termina em ") + clock.text($0, withSeconds: false)
            } ?? Phrase("the campaign expires before", "a campanha termina antes")
        case .windowNeverOpens:
            Phrase(
                "the window is never open long enough for a call; correct `window` or `timeout`",
                "o horário de ligação nunca fica aberto o bastante para uma ligação; corrija `window` ou `timeout`")
        case .noCallsAllowed:
            Phrase(
                "no instance may place a call; correct `dailyCap` or `warmup`",
                "nenhuma instância pode ligar; corrija `dailyCap` ou `warmup`")
        case .moreThanTenYears:
            Phrase(
                "their turn would come in more than ten years; add instances or raise the caps",
                "a vez deles só chegaria em mais de dez anos; acrescente instâncias ou aumente os limites")
        }
    }

    /// On which times are told: that of the campaign's time zone.
    var clock: LocalClock { LocalClock(zone) }

    /// A moment on that clock.
    private func time(_ moment: Timestamp) -> Phrase { clock.text(moment, withSeconds: false) }

    /// The zone, named once, where the plan has times.
    var clockName: [Phrase] {
        let hasTimes = !heldBack.isEmpty || pause != nil || forecast.startsAt != nil || forecast.obstacle == .expires
        return hasTimes ? [clock.name] : []
    }

    // MARK: Who is called

    /// The contacts that are not called again, by what became of them.
    var others: [(Int, Phrase)] {
        let counts = summary.counts
        let failed = counts.failed - summary.failedAndForgotten
        let retry = hint { suggested in
            let retry = suggested.command("retry", campaign.name, "--failed")
            return Phrase(
                "; `\(retry)` requeues \(failed.noun("it", "them"))", "; `\(retry)` põe de volta na fila")
        }
        let doubts = hint { suggested in
            let doubts = suggested.command("doubts", campaign.name)
            return Phrase("; see `\(doubts)`", "; veja `\(doubts)`")
        }
        return [
            (counts.accepted, Phrase("already accepted", "já aceita")),
            (failed, Phrase("failed", "falhou") + retry),
            (summary.failedAndForgotten, Phrase("failed, and forgotten", "falhou, com os dados apagados")),
            (counts.inDoubt, Phrase("in doubt", "em dúvida") + doubts),
            (counts.dialing, Phrase("under way, or interrupted", "em andamento ou interrompida")),
        ]
    }

    /// What names a command; nothing where none is named.
    private func hint(_ text: (SuggestedCommands) -> Phrase) -> Phrase {
        suggested.map(text) ?? Phrase(verbatim: "")
    }

    private var leftOut: Phrase {
        let (rejected, duplicates) = (summary.rejectedRows, summary.duplicateRows)
        return Phrase(
            "  left out by the import: \(rejected) rejected, \(duplicates.counted("duplicate"))",
            "  de fora na importação: \(rejected.counted("rejeitada")), \(duplicates.counted("repetida"))")
    }

    var heldBackLine: [Phrase] {
        guard let first = heldBack.first?.first, let last = heldBack.last?.last else { return [] }
        let count = heldBack.reduce(0) { $0 + $1.contacts }
        let held = Phrase(
            "  of which held back by their list: \(count), ", "  dos quais retidos pela lista: \(count), ")
        guard first != last else { return [held + Phrase("until ", "até ") + time(first)] }
        return [
            held + Phrase(count > 1 ? "the first until " : "until ", count > 1 ? "o primeiro até " : "até ")
                + time(first)
                + Phrase(", the last until ", ", o último até ") + time(last)
        ]
    }

    var perPersonLines: [Phrase] {
        guard let perPerson else { return [] }
        let lines: [(Int, Phrase)] = [
            (
                perPerson.waiting,
                Phrase(
                    "of which called too often by now (perPerson), and called later",
                    "dos quais já receberam ligações demais por ora (perPerson) e ficam para mais tarde")
            ),
            (
                perPerson.unanswered,
                Phrase(
                    "of which did not answer too often in a row (perPerson): they will be excluded",
                    "dos quais não atenderam vezes demais seguidas (perPerson): serão excluídos")
            ),
        ]
        return lines.filter { $0.0 > 0 }.map { Phrase(verbatim: "  ") + $0.1 + Phrase(verbatim: ": \($0.0)") }
    }

    var heldByReplyLine: [Phrase] {
        guard heldByReply > 0 else { return [] }
        let replies = hint { suggested in
            let replies = suggested.command("replies", campaign.name)
            return Phrase("; see `\(replies)`", "; veja `\(replies)`")
        }
        return [
            Phrase(
                "  of which held by a reply that waits for a decision: \(heldByReply); they will be excluded",
                "  dos quais retidos por uma resposta que aguarda decisão: \(heldByReply); serão excluídos") + replies
        ]
    }

    private var whatsAppLines: [Phrase] {
        guard let whatsApp else { return [] }
        let (present, absent) = (whatsApp.present, whatsApp.absent)
        let further: [(Int, Phrase)] = [
            (
                whatsApp.movedOn,
                Phrase(
                    "  of which on the next phone of the row instead (fallback): \(whatsApp.movedOn)",
                    "  dos quais agora no próximo telefone da linha (fallback): \(whatsApp.movedOn)")
            ),
            (
                whatsApp.ignored,
                Phrase(
                    "  answered with another number, and ignored: \(whatsApp.ignored)",
                    "  respondidos com outro número e ignorados: \(whatsApp.ignored)")
            ),
            (
                whatsApp.unanswered,
                Phrase(
                    "  no answer: \(whatsApp.unanswered); run the same command to ask again",
                    "  sem resposta: \(whatsApp.unanswered); execute o mesmo comando para perguntar de novo")
            ),
        ]
        let line = Phrase(
            "  According to Z-API, \(present) \(present.noun("has", "have")) WhatsApp "
                + "(\(whatsApp.rewritten) of them under another form of the number, which is dialed) and "
                + "\(absent) \(absent.noun("does", "do")) not",
            "  Segundo a Z-API, \(present) \(present.noun("tem", "têm")) WhatsApp (\(whatsApp.rewritten) com outra forma "
                + "do número, que é a discada) e \(absent) não \(absent.noun("tem", "têm"))")
        return [line] + further.filter { $0.0 > 0 }.map(\.1)
    }

    // MARK: How long it takes

    var pace: Phrase {
        Phrase { language in
            let rate = forecast.rate
            let instances = rate.instances.map { instance in
                let pace = instance.perHour.map { "\(Int($0))" } ?? language.text("without limit", "sem limite")
                return "\(instance.name) \(pace)"
            }
            let lines = InstanceToday.named(instances, language).joined(separator: ", ")
            let whole =
                rate.perHour.map { perHour in
                    let calls = language.counted(Int(perHour), .call)
                    return language.text("about \(calls) an hour", "cerca de \(calls) por hora")
                } ?? language.text("as fast as Z-API answers", "tão rápido quanto a Z-API responder")
            return switch rate.limit {
            case .instances: "\(whole) (\(lines))"
            case .campaignPace:
                language.text(
                    "\(whole), the campaign's own pace (the instances would allow \(lines))",
                    "\(whole), o ritmo da própria campanha (as instâncias permitiriam \(lines))")
            case .nothing: whole
            }
        }
    }

    var endLines: [Phrase] {
        guard summary.counts.ready > 0 else {
            return [Phrase("No contact is waiting to be called.", "Nenhum contato aguarda ligação.")] + pauseLines
        }
        var lines = pauseLines
        if let starts = forecast.startsAt, let ends = forecast.endsAt {
            lines.append(end(from: starts, to: ends))
            if let redial = campaign.redial { lines.append(redialed(redial)) }
        }
        if forecast.cappedDays > 0 {
            let days = forecast.cappedDays
            lines.append(
                Phrase(
                    "Daily caps are reached on \(days.counted("day"))",
                    "Os limites diários são atingidos em \(days.counted("dia"))"))
        }
        if let obstacle = forecast.obstacle {
            let count = forecast.leftOut
            lines.append(
                Phrase(
                    "\(count) would not be called: ", "\(count) não \(count.noun("receberia", "receberiam")) ligação: ")
                    + words(obstacle, clock))
        }
        return lines
    }

    private func end(from starts: Timestamp, to ends: Timestamp) -> Phrase {
        if let lastWait, lastWait > ends {
            return Phrase("Starts ", "Começa em ") + time(starts)
                + Phrase(", ends not before ", ", termina não antes de ") + time(lastWait)
                + Phrase(": until then, some have to wait", ": até lá, alguns precisam esperar")
        }
        let duration = DurationText.left(starts.duration(to: ends))
        let days = forecast.callingDays
        return Phrase("Starts ", "Começa em ") + time(starts) + Phrase(", ends about ", ", termina por volta de ")
            + time(ends)
            + Phrase(": \(duration), on \(days.counted("day"))", ": \(duration), em \(days.counted("dia"))")
    }

    private func redialed(_ redial: RedialPolicy) -> Phrase {
        let after = DurationText.plain(max(redial.after, EventRule.span))
        let count = redial.attempts
        return Phrase(
            "Whoever does not answer is called up to \(count.counted("more time", "more times")) (redial), "
                + "at least \(after) later each time: that is not in this forecast",
            "Quem não atende recebe até mais \(count.counted("ligação", "ligações")) (redial), cada uma pelo menos "
                + "\(after) depois: isso não está nesta previsão")
    }

    private var pauseLines: [Phrase] {
        guard !isBeingCancelled else {
            return [
                Phrase(
                    "Being cancelled: none of the waiting contacts will be called, whatever this plan says below.",
                    "Em cancelamento: nenhum dos contatos que aguardam receberá ligação, diga o que disser este plano "
                        + "abaixo.")
            ]
        }
        guard let pause else { return [] }
        let since = pause.phrase(clock)
        let resume =
            suggested.map { Phrase(verbatim: "`\($0.command("resume", campaign.name))`") }
            ?? Phrase("it is resumed", "ser retomada")
        return [
            Phrase(
                "Paused \(since.english): no call is placed until \(resume.english); the times assume that it is resumed "
                    + "now",
                "Pausada \(since.portuguese): nenhuma ligação é feita até \(resume.portuguese); os horários supõem que seja "
                    + "retomada agora")
        ]
    }
}
