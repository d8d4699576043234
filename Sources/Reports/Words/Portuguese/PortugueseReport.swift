import CampaignCore

/// The words of reports in Brazilian Portuguese.
struct PortugueseReport: ReportWords {
    let language = Language.portuguese
    let weekdays = ["seg", "ter", "qua", "qui", "sex", "sáb", "dom"]

    func heading(_ column: ReportColumn) -> String {
        switch column {
        case .phone: "Telefone"
        case .state: "Situação"
        case .reason: "Motivo"
        case .attempts: "Tentativas"
        case .zaapId: "Id na Z-API"
        case .messageId: "Id no WhatsApp"
        case .httpStatus: "Status HTTP"
        case .error: "Erro"
        case .instance: "Instância"
        case .firstAttemptAt: "Primeira tentativa"
        case .lastAttemptAt: "Última tentativa"
        case .delivery: "Entrega"
        case .deliveryError: "Erro de entrega"
        case .answer: "Atendimento"
        case .answeredAt: "Atendida em"
        case .calledBackAt: "Retornou em"
        case .repliedAt: "Respondeu em"
        case .attempt: "Tentativa"
        case .startedAt: "Início"
        case .endedAt: "Fim"
        case .outcome: "Resultado"
        case .latencyMs: "Latência (ms)"
        case .rejectedFile: "Lista"
        case .rejectedLine: "Linha"
        case .rejectedReason: "Por que foi rejeitada"
        case .rejectedSuggestion: "O que fazer"
        case .raw: "Linha original"
        case .rawBase64: "Linha original (Base64)"
        case .file: "Lista"
        case .line: "Linha"
        case .firstFile: "Primeira vez na lista"
        case .firstLine: "Primeira vez na linha"
        }
    }

    func state(_ state: CallState) -> String {
        switch state {
        case .ready: "aguardando"
        case .dialing: "discando"
        case .accepted: "aceita"
        case .failed: "falhou"
        case .inDoubt: "em dúvida"
        case .excluded: "excluída"
        }
    }

    func outcome(_ outcome: AttemptOutcome) -> String {
        switch outcome {
        case .accepted: "aceita"
        case .inDoubt: "em dúvida"
        case .notSent: "não enviada"
        case .throttled: "adiada (limite)"
        case .refused: "recusada"
        case .misconfigured: "problema da conta"
        case .serverError: "erro do servidor"
        }
    }

    func answer(_ answer: Answer) -> String {
        switch answer {
        case .answered: "atendida"
        case .notAnswered: "não atendida"
        }
    }

    func delivery(_ delivery: Delivery) -> String {
        switch delivery {
        case .delivered: "entregue"
        case .failed: "falhou"
        case .unknown: "desconhecida"
        }
    }

    func exclusion(_ reason: ExclusionReason) -> String {
        switch reason {
        case .doNotCall: "na lista de não ligar"
        case .noWhatsApp: "sem conta no WhatsApp"
        case .sameWhatsApp: "chamado como outro contato, com o mesmo número ou conta de WhatsApp"
        case .samePerson: "já chamada como outro contato"
        case .cancelled: "campanha cancelada"
        case .expired: "campanha vencida"
        case .notListed: "não está mais na lista"
        case .held: "resposta aguarda decisão"
        case .unanswered: "não atendeu vezes demais seguidas"
        }
    }

    func failure(_ reason: FailureReason) -> String {
        switch reason {
        case .refused: "recusada pela Z-API"
        case .attemptsUsedUp: "tentativas esgotadas"
        case .throttledTooOften: "adiada vezes demais"
        case .noWhatsApp: "sem conta no WhatsApp"
        case .notQueued: "não entrou na fila da Z-API"
        case .rejectedByWhatsApp: "o WhatsApp recusou a ligação"
        case .shadowBan: "instância restringida pelo WhatsApp"
        case .badAudio: "o áudio não toca"
        case .badRequest: "pedido não aceito"
        case .other: "outro erro de entrega"
        }
    }

    func doubt(_ reason: DoubtReason) -> String {
        switch reason {
        case .unreadableReply: "retorno sem id"
        case .noReply: "sem retorno"
        case .gatewayError: "erro do servidor ou do gateway"
        case .interrupted: "interrompida"
        case .deliveryUnknown: "entrega desconhecida"
        }
    }

    func duplicate(_ reason: DuplicateReason) -> String {
        switch reason {
        case .repeated: "repetida na mesma lista"
        case .alreadyInCampaign: "já está na campanha"
        case .calledRecently: "chamada há pouco por outra campanha"
        }
    }

    func number(_ number: Int) -> String { grouped(number, by: ".") }

    func percent(tenths: Int) -> String { "\(tenths / 10),\(tenths % 10)%" }

    func span(milliseconds: Int64) -> String {
        EnglishReport().span(milliseconds: milliseconds).replacing(".", with: ",")
    }

    func moment(iso: Substring, withSeconds: Bool) -> String {
        "\(day(iso: iso)) \(iso.dropFirst(11).prefix(withSeconds ? 8 : 5))"
    }

    func day(iso: Substring) -> String {
        iso.prefix(10).split(separator: "-").reversed().joined(separator: "/")
    }
}
