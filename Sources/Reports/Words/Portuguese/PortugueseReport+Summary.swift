import CampaignCore

extension PortugueseReport {
    func summary(_ line: SummaryLine) -> String {
        switch line {
        case .acceptedMeans: "Aceita: a Z-API recebeu o pedido da ligação; se o telefone tocou, só os webhooks dizem."
        case .optedOut: "pediram para não receber ligações"
        case .forOthers(let count): "por " + Figures.counted(count, "outro motivo", "outros motivos")
        case .withOtherErrors(let count): "… com " + Figures.counted(count, "outro erro", "outros erros")
        case .example(let phone): "p. ex. \(phone)"
        case .callsPerHour: "ligações por hora"
        case .longest: "maior"
        case .next: "Próximos passos"
        case .mayHaveRung(let count):
            Figures.counted(count, "telefone pode ter tocado", "telefones podem ter tocado")
        case .failed(let count): Figures.counted(count, "contato falhou", "contatos falharam")
        case .notFinished(let count):
            Figures.counted(count, "contato ainda não terminou", "contatos ainda não terminaram")
        case .paused(let count):
            Figures.counted(count, "contato aguarda", "contatos aguardam") + " o fim da pausa"
        case .repliesWait(let count):
            Figures.counted(count, "resposta aguarda", "respostas aguardam") + " uma decisão"
        case .rowsRejected(let count):
            Figures.counted(count, "linha foi rejeitada", "linhas foram rejeitadas") + " na importação"
        }
    }
}
