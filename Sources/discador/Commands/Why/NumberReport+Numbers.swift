import CampaignCore
import CampaignStore
import Reports

extension NumberReport {
    /// What has become of the numbers of its row; nil when it has only one.
    var numbersPhrase: Phrase? {
        guard details.numbers.count > 1, let current = details.numbers.first(where: \.isCurrent) else { return nil }
        let tried = details.numbers.filter { $0.ended != nil && !$0.isPassedOver }.map {
            name($0) + Phrase(verbatim: ": ") + words($0.ended)
        }
        let others = details.numbers.filter { ($0.ended == nil || $0.isPassedOver) && !$0.isCurrent }.map(name)
        let rest =
            others.isEmpty
            ? Phrase(verbatim: ".")
            : Phrase("; its row also has ", "; a linha também tem ") + others.joined(separator: ", ")
                + Phrase(verbatim: ".")
        guard !tried.isEmpty else { return name(current) + Phrase(" comes first", " vem primeiro") + rest }
        // What has become known of an earlier one's call may have led back to it.
        let last = details.numbers.last { $0.ended != nil && !$0.isPassedOver || $0.isCurrent }
        let now =
            last == current
            ? Phrase("; now ", "; agora ") + name(current)
                + Phrase(", the next phone of its row", ", o próximo telefone da linha")
            : Phrase("; ", "; de novo ") + name(current)
                + Phrase(" again, whose call counts", ", cuja ligação é a que vale")
        return Phrase("Tried ", "Já tentado: ") + tried.joined(separator: ", ") + now + rest
    }

    /// Whoever is on the do-not-call list by one of the numbers is not called by any.
    private func name(_ number: RowNumber) -> Phrase {
        var name = Phrase(verbatim: number.phone.text)
        if number.isPassedOver {
            name =
                name
                + Phrase(
                    " (not called: another campaign had called it recently)",
                    " (não ligado: outra campanha tinha ligado há pouco)")
        }
        if number.isBlocked {
            name =
                name
                + Phrase(
                    " (on the do-not-call list: none of them is called)",
                    " (na lista de não ligar: nenhum deles recebe ligação)")
        }
        return name
    }

    private func words(_ ended: String?) -> Phrase {
        guard let ended else { return Phrase(verbatim: "") }
        return ended == FailureReason.noWhatsApp.rawValue
            ? Phrase("no WhatsApp", "sem WhatsApp")
            : Phrase(ended, Language.portuguese.reportWords.reason(ended, of: .failed))
    }
}
