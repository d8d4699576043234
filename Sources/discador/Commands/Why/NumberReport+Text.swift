import CampaignCore
import CampaignStore
import Reports

// For people.
extension NumberReport {
    var lines: [Phrase] {
        let lines = [numberLine] + blockLines + contactLines + duplicateLines + timeline.lines(clock) + otherLines
        return number == nil ? lines : lines + [clock.name]
    }

    var blockLines: [Phrase] {
        guard let block else { return [] }
        return [
            Phrase("It has been on the do-not-call list since ", "Está na lista de não ligar desde ")
                + clock.text(block.since) + block.because
                + Phrase(". No campaign dials it.", ". Nenhuma campanha liga para ele.")
        ]
    }

    var duplicateLines: [Phrase] {
        details.duplicates.map { row in
            Phrase(
                "\(row.file):\(row.line) also has the number (\(row.reason.rawValue)).",
                "\(row.file):\(row.line) também tem o número (\(Language.portuguese.reportWords.duplicate(row.reason)))."
            )
        }
    }

    /// What else may be about it: items of the provider queue, other campaigns, rejected rows.
    var otherLines: [Phrase] {
        var lines = evidence.map { item in
            Phrase("Attempt \(item.attempt): ", "Tentativa \(item.attempt): ") + QueueEvidenceText(item).line(clock)
        }
        lines += details.elsewhere.map { other in
            let dialed =
                other.lastAttemptAt.map { Phrase(", last dialed ", ", última ligação em ") + clock.text($0) }
                ?? Phrase(", not dialed there", ", sem ligação lá")
            return Phrase("Campaign \(other.campaign) also has it: ", "A campanha \(other.campaign) também o tem: ")
                + other.state.phrase + dialed + Phrase(verbatim: ".")
        }
        lines += rejects.map { row in
            guard number != nil || written.count(where: \.isNumber) >= 4 else { return Self.found(row) }
            return Phrase(
                "Rejected row \(row.file):\(row.line) may be about it: \(row.reason). \(row.suggestion)",
                "A linha rejeitada \(row.file):\(row.line) pode ser sobre ele: "
                    + "\(Language.portuguese.reportWords.rejected(row.reason)). \(row.remedy.portuguese)")
        }
        return lines
    }

    /// A rejected row that a text has found.
    private static func found(_ row: RejectRow) -> Phrase {
        let cells = TerminalText.line(row.own.filter { !$0.isEmpty }.joined(separator: " | "), width: 200)
        return Phrase(
            "The rejected row \(row.file):\(row.line) has it: \(cells). \(row.reason). \(row.suggestion)",
            "A linha rejeitada \(row.file):\(row.line) o tem: \(cells). "
                + "\(Language.portuguese.reportWords.rejected(row.reason)). \(row.remedy.portuguese)")
    }

    /// Of duplicates the number is kept, and not the cells.
    private var nobodyLine: Phrase {
        let none = Phrase(
            "No contact of \(campaign) has “\(written)” in its row.",
            "Nenhum contato de \(campaign) tem “\(written)” na linha.")
        let duplicates = suggested.command("report", campaign, "--rows", "duplicates")
        guard rejects.isEmpty else { return none }
        let list = suggested.command("contacts", campaign)
        let rejects = suggested.command("report", campaign, "--rows", "rejects")
        return none
            + Phrase(
                " `\(list)` shows who is in it, `\(rejects)` the rows that were rejected, and `\(duplicates)` the rows "
                    + "whose number another row has, by line and number.",
                " `\(list)` mostra quem está nela, `\(rejects)` as linhas rejeitadas, e `\(duplicates)` as linhas cujo "
                    + "número outra linha já tem, por linha e número.")
    }

    /// What the text is as a number, or why it is none.
    var numberLine: Phrase {
        if let number { return Phrase("\(written) is \(number.text).", "\(written) é \(number.text).") }
        // The advice about a number would be none about a name.
        guard written.contains(where: \.isNumber) else { return nobodyLine }
        return Phrase(
            "“\(written)” is not a number that can be dialed: ", "“\(written)” não é um número que possa ser discado: ")
            + (problem.map {
                Phrase(
                    "\($0.code). \($0.suggestion)",
                    "\(Language.portuguese.reportWords.phoneProblem($0)) (\($0.code)). \($0.remedy.portuguese)")
            } ?? Phrase(verbatim: ""))
    }

    private var contactLines: [Phrase] {
        guard let contact = details.contact else {
            guard number != nil else { return [] }
            return [
                Phrase(
                    "\(campaign) has no contact with this number: it is not dialed.",
                    "\(campaign) não tem contato com este número: ele não recebe ligação.")
            ]
        }
        var lines: [Phrase] = []
        if let origin = details.origin {
            let place = origin.file + (origin.line.map { ":\($0)" } ?? "")
            lines.append(
                Phrase("In \(campaign) from \(place), imported ", "Em \(campaign), de \(place), importado em ")
                    + clock.text(origin.importedAt) + Phrase(verbatim: "."))
        }
        let cells = zip(columns, contact.own).filter { !$1.isEmpty }.map { "\($0): \($1)" }
        if !cells.isEmpty { lines.append(Phrase(verbatim: cells.joined(separator: " | "))) }
        return lines + situation(of: contact) { TerminalText.line($0) }
    }

    /// What holds for the contact now.
    ///
    /// - Parameter shown: how much of the address of its own sound is told.
    func situation(of contact: ContactRow, sound shown: (String) -> String) -> [Phrase] {
        var lines: [Phrase] = []
        if contact.phone.isForgotten {
            lines.append(
                Phrase(
                    "It was forgotten: what was about the person is gone, and it is not dialed any more.",
                    "Foi apagado: o que dizia respeito à pessoa não existe mais, e não se liga mais para ela."))
        } else if let number, contact.phone != number {
            lines.append(
                Phrase("It is dialed as \(contact.phone.text).", "A ligação é feita para \(contact.phone.text)."))
        }
        if let numbersPhrase { lines.append(numbersPhrase) }
        if let sound = details.callAudioURL {
            let sound = shown(sound)
            lines.append(Phrase("Its own sound is \(sound).", "O áudio dele é \(sound)."))
        }
        if let notBefore = details.notBefore {
            lines.append(
                Phrase("Its list says that it is not called before ", "A lista diz para não ligar antes de ")
                    + clock.text(notBefore) + Phrase(verbatim: "."))
        }
        lines.append(
            Phrase("State: ", "Situação: ") + contact.statePhrase + Phrase(verbatim: ". ") + meaning(of: contact))
        return lines + happened(to: contact) + obstacles
    }

    /// What keeps it from being called now.
    private var obstacles: [Phrase] {
        var lines: [Phrase] = []
        if details.isHeld {
            let decide = suggested.command("replies", "decide", "--phone", number?.text ?? written, "--as", "block")
            let how =
                namesCommands
                ? Phrase(
                    " To decide: `\(decide)`, or `--as dismiss` if they may be called.",
                    " Para decidir: `\(decide)`, ou `--as dismiss` se puder receber ligações.")
                : Phrase(" Decide on the page of replies.", " Decida na página de respostas.")
            lines.append(
                Phrase(
                    "A reply of the person waits for a decision: no campaign dials them until then.",
                    "Uma resposta da pessoa aguarda decisão: até lá nenhuma campanha liga para ela.") + how)
        }
        if let eventsComeUntil {
            lines.append(
                Phrase("It is not called before ", "Não recebe ligação antes de ") + clock.text(eventsComeUntil)
                    + Phrase(
                        ": until then, events of its last call may come, and could be mistaken for the next one's.",
                        ": até lá podem chegar eventos da última ligação, que seriam confundidos com os da próxima."))
        }
        if let window { lines.append(window.phrase(clock)) }
        if let windowProblem {
            lines.append(
                Phrase(
                    "It is not known whether the window is closed for it, because the campaign file cannot be read: ",
                    "Não se sabe se o horário de ligação está fechado, porque o arquivo da campanha não pode ser lido: "
                )
                    + windowProblem)
        }
        return lines
    }

    /// What the person did after the call, as far as webhooks say.
    private func happened(to contact: ContactRow) -> [Phrase] {
        let moments = [
            (Phrase("Called back ", "Retornou a ligação em "), contact.calledBackAt),
            (Phrase("Replied ", "Respondeu em "), contact.repliedAt),
        ]
        return moments.compactMap { what, moment in
            moment.map { what + clock.text($0) + Phrase(verbatim: ".") }
        }
    }
}
