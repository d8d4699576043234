import CampaignCore

extension PortugueseReport {
    func page(_ text: PageText) -> String {
        switch text {
        case .generatedAt: "Gerado em"
        case .firstCall: "Primeira ligação"
        case .lastCall: "Última ligação"
        case .contacts: "Contatos"
        case .answered: "Atenderam"
        case .calls: "Ligações"
        case .sums: "Conferência das somas"
        case .funnel: "Da lista ao atendimento"
        case .imported: "importados"
        case .callable: "podem ser chamados"
        case .acceptedByZAPI: "aceitos pela Z-API"
        case .deliveredToWhatsApp: "entregues ao WhatsApp"
        case .answeredByPeople: "atenderam"
        case .nothingMeasured:
            "Nenhum webhook contou o que veio depois das ligações: não se sabe quem foi alcançado nem quem atendeu."
        case .callsOverTime: "Ligações ao longo do tempo"
        case .figuresAsTable: "Números em tabela"
        case .from: "A partir de"
        case .acceptedOnly: "aceita"
        case .inDoubt: "em dúvida"
        case .refused: "recusada"
        case .notPlaced: "não feita"
        case .noResult: "sem resultado"
        case .windowShut: "esperando o horário de ligar"
        case .paused: "pausada"
        case .callsByHour: "Ligações por dia da semana e hora"
        case .answersByHour: "Ligações atendidas por dia da semana e hora"
        case .hour: "Hora"
        case .share: "Parcela"
        case .problems: "Falhas e o que fazer"
        case .errorTexts: "Erros mais frequentes, nas palavras da Z-API ou do discador"
        case .reason: "Motivo"
        case .code: "Código"
        case .whatToDo: "O que fazer"
        case .latency: "Quanto a Z-API demorou para responder"
        case .withinMilliseconds: "Milissegundos"
        case .longest: "maior"
        case .instances: "Instâncias"
        case .delivered: "Entregues"
        case .notCalled: "Quem ficou de fora e por quê"
        case .excluded: "Contatos excluídos"
        case .rejected: "Linhas rejeitadas"
        case .duplicates: "Linhas repetidas"
        case .examples: "Exemplos"
        case .people: "Retornos, respostas e pedidos de saída"
        case .calledBack: "Retornaram a ligação"
        case .replied: "Responderam"
        case .optedOut: "Pediram para sair"
        case .noNews: "Ninguém retornou nem respondeu, até onde os webhooks contam."
        case .doubts: "Dúvidas"
        case .noDoubts: "Nenhuma: de toda ligação se sabe se chegou à Z-API."
        case .attemptsPerContact: "Tentativas por contato"
        case .attempts: "Tentativas"
        case .failed: "Falharam"
        case .waiting: "Aguardando"
        case .notAnswered: "Não atenderam"
        case .total: "Total"
        case .none: "Nenhum."
        case .empty: "(vazio)"
        case .settings: "Configuração"
        case .settingsUnknown: "Nenhuma execução começou ainda."
        case .setting: "Item"
        case .value: "Valor"
        case .contactsTable: "Contatos"
        case .definitions: "Como os números são definidos"
        }
    }

    func sentence(_ sentence: PageSentence) -> String {
        switch sentence {
        case .title(let campaign): "Campanha \(campaign)"
        case .timesIn(let zone): "horários em \(zone)"
        case .nobodyYet: "Ninguém foi chamado ainda."
        case .finished: "A campanha terminou."
        case .stillOpen(let count): "\(counted(count, "contato ainda será chamado", "contatos ainda serão chamados"))."
        case .accepted(let count, let total, let tenths):
            "A Z-API aceitou as ligações para \(number(count)) de \(counted(total, "contato", "contatos")) (\(percent(tenths: tenths)))."
        case .answered(let count, let tenths):
            "\(counted(count, "pessoa atendeu", "pessoas atenderam")) (\(percent(tenths: tenths)) das aceitas)."
        case .failed(let count): "\(counted(count, "contato falhou", "contatos falharam"))."
        case .inDoubt(let count):
            "\(counted(count, "telefone pode ter tocado", "telefones podem ter tocado")) sem que se saiba o resultado: alguém precisa decidir antes de nova ligação."
        case .contactsAddUp(let count): "= \(counted(count, "contato", "contatos")), tantos quantos existem."
        case .callsAddUp(let count):
            "= \(counted(count, "ligação", "ligações")), tantas quantas as tentativas dos contatos."
        case .doesNotAddUp(let count, let expected): "= \(number(count)), mas existem \(number(expected))."
        case .correctedSince(let count):
            count == 1
                ? "A tabela tem 1 linha a mais, corrigida e importada depois."
                : "A tabela tem \(number(count)) linhas a mais, corrigidas e importadas depois."
        case .everyInterval(let milliseconds): "Cada barra tem \(span(milliseconds: milliseconds))."
        case .shareOfStep(let tenths): "\(percent(tenths: tenths)) da etapa anterior"
        case .notFinal(let until): "Ainda não é definitivo: os webhooks podem contar mais até \(until)."
        case .peopleShown(let count): "São mostradas as primeiras \(number(count))."
        case .byColumn(let column): "Por \(column)"
        case .tooManyValues(let column, let limit):
            "A coluna \(column) tem mais de \(number(limit)) valores diferentes: escolha uma que agrupe os contatos."
        case .noSuchColumn(let column): "Nenhuma lista da campanha tem a coluna \(column)."
        case .settingsFrom(let moment): "Desde \(moment)"
        case .tooManyContacts(let count, let limit):
            "São \(number(count)) contatos, mais que os \(number(limit)) com tantas colunas que cabem numa página: exporte-os em xlsx ou csv."
        case .chosenContacts: "Só os contatos escolhidos são listados; todos os números contam todo mundo."
        }
    }

    var definitions: [Definition] {
        [
            Definition("Contato", "Uma pessoa a chamar: uma linha de uma lista, contada uma vez, com uma situação."),
            Definition("Tentativa, ligação", "Um pedido à Z-API para ligar. Um contato pode ter várias."),
            Definition(
                "Aceita",
                "A Z-API respondeu com um id: pôs a ligação na fila. Se o telefone tocou, quem conta são os webhooks."),
            Definition("Entregue", "Um webhook disse que a ligação saiu para o WhatsApp."),
            Definition("Atendida", "Um webhook disse que a pessoa atendeu; de cada contato conta a última ligação."),
            Definition(
                "Falhou", "Uma recusa definitiva: o telefone não tocou, ou a Z-API disse que a ligação não saiu."),
            Definition("Em dúvida", "Não se sabe se o telefone tocou. Esse contato não é chamado de novo por si só."),
            Definition("Excluída", "Não será chamada, pelo motivo indicado."),
            Definition(
                "Não feita", "A ligação certamente não foi feita: o pedido não saiu, ou a Z-API pediu para esperar."),
            Definition(
                "Latência", "Do início do pedido ao seu resultado; os percentis são exatos, pela posição mais próxima."),
            Definition(
                "Retorno, resposta", "A pessoa ligou para nós até 72 horas depois de uma ligação, ou nos escreveu."),
        ]
    }

    private func counted(_ count: Int, _ one: String, _ many: String) -> String {
        "\(number(count)) \(count.noun(one, many))"
    }
}
