import CampaignCore

extension PortugueseReport {
    func phoneProblem(_ problem: PhoneProblem) -> String {
        switch problem {
        case .empty: "sem telefone"
        case .letters: "letras no telefone"
        case .symbols: "símbolos no telefone"
        case .digitsLost: "dígitos perdidos pela planilha"
        case .decimals: "um número com decimais"
        case .date: "uma data"
        case .document: "um documento ou CEP"
        case .filler: "um preenchimento sem valor"
        case .twoNumbers: "dois números numa célula"
        case .tooShort: "dígitos de menos"
        case .tooLong: "dígitos demais"
        case .dddTwice: "DDD escrito duas vezes"
        case .ambiguous: "pode ser dois números diferentes"
        case .contradiction: "DDD ou DDI contradiz o número"
        case .noDDD: "sem DDD"
        case .unknownDDD: "DDD não existe"
        case .unknownCountry: "DDI não existe"
        case .unknownLine: "nenhum telefone começa assim"
        case .serviceNumber: "um número de serviço"
        case .landline: "um telefone fixo"
        case .malformedLid: "identificador do WhatsApp malformado"
        }
    }

    func remedy(_ reason: FailureReason) -> String? {
        switch reason {
        case .refused:
            "Leia o erro. "
                + "Um número errado se corrige na lista, que depois se importa de novo; para os outros se liga de novo com retry."
        case .attemptsUsedUp, .throttledTooOften: "Chame-as de novo mais tarde com retry, num ritmo mais lento."
        case .noWhatsApp: "Procure outro número ou outro meio de falar com essas pessoas."
        case .notQueued: "O telefone delas não tocou: chame-as de novo com retry."
        case .rejectedByWhatsApp: "O WhatsApp não deixa este número ligar para elas: tente outra instância."
        case .shadowBan: "Deixe a instância descansar, ligue para menos pessoas por dia e chame estas mais tarde."
        case .badAudio: "Corrija o endereço do áudio e use retry."
        case .badRequest: "Leia o erro; ligações com áudio exigem o contrato de ligações da Z-API."
        case .other: "Leia o erro que a Z-API deu."
        }
    }

    func remedy(_ reason: DoubtReason) -> String? {
        switch reason {
        case .unreadableReply, .noReply, .gatewayError, .interrupted, .deliveryUnknown:
            "O telefone pode ter tocado: veja os indícios com doubts e decida com resolve. Antes disso ninguém é chamado de novo."
        }
    }

    func remedy(_ reason: ExclusionReason) -> String? {
        switch reason {
        case .doNotCall, .sameWhatsApp, .cancelled, .notListed: nil
        case .noWhatsApp: "Procure outro número ou outro meio de falar com essas pessoas."
        case .samePerson: "Essas pessoas foram chamadas como outro contato; não há nada a fazer."
        case .expired: "Dê à campanha um fim mais tarde e traga-as de volta com retry."
        case .held: "Leia as respostas delas e decida com replies."
        case .unanswered: "Tente outro horário ou outro meio de falar com elas."
        }
    }
}
