import CampaignCore
import CampaignStore

/// What a retry would do, shown beforehand.
struct RetryOverview {
    /// Maximum number of contacts shown one by one.
    static let maxShown = 10

    let campaign: String
    let preview: RetryPreview
    /// The contacts' own columns.
    let columns: [String]
    let suggested: SuggestedCommands

    func lines(_ language: Language) -> [String] {
        let groups = preview.groups.map { group in
            let refusal =
                group.refusal.map {
                    language.text("  not requeued: ", "  não volta à fila: ")
                        + $0.explanation(campaign: campaign, suggested)[language]
                } ?? ""
            return "  \(group.contacts) × \(group.state.phrase(group.reason)[language])\(refusal)"
        }
        let contacts = preview.first.map { "  \(line($0, language))" }
        let chosen = preview.chosen
        let more = preview.retryable - preview.first.count
        let head = language.text(
            "\(chosen.counted("contact")) \(chosen.noun("matches", "match")) in \(campaign):",
            "\(chosen.counted("contato corresponde", "contatos correspondem")) em \(campaign):")
        let retryable = preview.retryable
        let heading = language.text(
            "\(retryable) can be requeued:", "\(retryable) \(retryable.noun("pode", "podem")) voltar à fila:")
        return [head] + groups + (contacts.isEmpty ? [] : [heading]) + contacts
            + (more > 0 ? [language.text("  … and \(more) more", "  … e mais \(more)")] : [])
    }

    private func line(_ contact: ContactRow, _ language: Language) -> String {
        let last = contact.last
        let facts = [
            contact.statePhrase[language], language.counted(contact.attempts, .attempt),
            last.map { language.text("last through ", "a última por ") + $0.instance },
        ]
        return contact.line(facts + (last?.reply ?? []).map { $0[language] }, columns: columns)
    }
}

extension RequeueRefusal {
    /// Why contacts are not requeued, and what to do about it.
    func explanation(campaign: String, _ suggested: SuggestedCommands) -> Phrase {
        switch self {
        case .notFinished:
            return Phrase(
                "they are already waiting or being dialed", "já aguardam ou a ligação está em andamento")
        case .called:
            return Phrase(
                "Z-API has accepted their calls, or they were resolved as called; only who certainly did not answer can be "
                    + "called again",
                "a Z-API aceitou as ligações, ou foram decididas como feitas; só quem com certeza não atendeu pode receber "
                    + "nova ligação")
        case .inDoubt:
            let resolve = suggested.command("resolve", campaign)
            return Phrase(
                "they may have rung; find out, then: \(resolve) --where … --as not-called",
                "o telefone pode ter tocado; descubra e depois: \(resolve) --where … --as not-called")
        case .doNotCall: return Phrase("they are on the do-not-call list", "estão na lista de não ligar")
        case .forgotten:
            return Phrase(
                "they were forgotten: there is no number to call",
                "os dados foram apagados: não há número para ligar")
        case .held:
            let replies = suggested.command("replies", campaign)
            return Phrase(
                "a reply of theirs may mean that they want no more calls; decide first: \(replies)",
                "uma resposta pode ser um pedido para não receber ligações; decida antes: \(replies)")
        case .sameWhatsApp:
            return Phrase(
                "another contact of the campaign has the same number or WhatsApp account",
                "outro contato da campanha tem o mesmo número ou a mesma conta do WhatsApp")
        }
    }
}
