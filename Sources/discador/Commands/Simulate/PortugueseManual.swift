import ZAPISimulator

/// The simulator's manual in Portuguese, at most 100 columns wide like ``SimulatorManual``.
enum PortugueseManual {
    static let text = [introduction, endpoints, digits, webhooks, scenario, ledger].joined(separator: "\n")

    private static let introduction = """
        Uma Z-API simulada, feita a partir da documentação da Z-API (developer.z-api.io, de 2026). Só atende
        nesta máquina, não faz nenhum telefone tocar, registra quais teriam tocado e envia webhooks.

        """

    private static let endpoints = """
        ENDEREÇOS, todos abaixo de /instances/{id}/token/{token}/
          POST   send-call             {"phone": "5511999999999", "callDuration": 5}; de 1 a 15 segundos;
                                       callAudioUrl toca um áudio, com o contrato de chamadas
          GET    status                o celular da instância está conectado?
          GET    me                    a instância e seus webhooks
          POST   queue                 {"pageSize": 30, "pagingState": null}: ligações guardadas enquanto
                                       a instância está desconectada
          DELETE queue                 apaga todas
          DELETE queue/{zaapId}        apaga uma
          POST   phone-exists-batch    {"phones": ["5511999999999"]}: quais têm WhatsApp; até 50000
          GET    phone-exists/{phone}  o mesmo para um telefone: uma lista com um só
          PUT    update-webhook-...    {"value": "https://..."}; http só para esta máquina; "" o retira:
                                       delivery, message-status, received, received-delivery,
                                       disconnected, connected, chat-presence
          PUT    update-every-webhooks {"value": "https://...", "notifySentByMe": true}: todos eles
          PUT    update-notify-sent-by-me  {"notifySentByMe": true}: me o mostra
          PUT    update-filters        {"messageFilters": [], "callbackTypeFilters": []}: o que não se avisa
          PUT    update-queue-settings {"disableEnqueueWhenDisconnected": true}: as ligações de instâncias
                                       que perderam o celular recebem 400 "You are not connected."
        Os erros são {"error": "..."}: 400 valor inválido, 403 Client-Token ausente ou errado, 404 não há
        essa instância, 405 método errado, 415 o Content-Type não é application/json.

        """

    private static let digits: String = {
        let rows = Behavior.digitTable.map { row in
            "  \(row.digits)  \(padded(row.behavior.rawValue, to: 15))\(row.behavior.portuguese)\n"
        }
        return """
            OS DOIS ÚLTIMOS DÍGITOS de um telefone decidem o que ele faz; com outros, é aceito e toca.
            \(rows.joined())
            """
    }()

    private static let webhooks: String = {
        let rows = Disposition.digitTable.map { row in
            "  \(row.digits)  \(padded(row.disposition.rawValue, to: 25))\(row.disposition.portuguese)\n"
        }
        let faults = WebhookFault.allCases.map { "  \(padded($0.rawValue, to: 15))\($0.portuguese)\n" }
        return """
            WEBHOOKS são enviados assim que há um endereço. Então O TERCEIRO E O QUARTO DÍGITOS A PARTIR DO FIM
            de um telefone decidem o que acontece com uma ligação aceita; dos outros, os pares são atendidos,
            os ímpares não.
            \(rows.joined())
            Sem endereço, toda ligação aceita toca e nada é avisado. As entregas são avisadas logo depois da
            resposta, os atendimentos quando para de tocar, as respostas das pessoas mais tarde; timeScale
            encurta isso. Quem recebe tem 5 s para responder. Esperam no máximo 20000 webhooks; os que passam
            disso se perdem.

            FALHAS dos webhooks, conforme sua parte no cenário
            \(faults.joined())
            """
    }()

    private static func padded(_ name: String, to width: Int) -> String {
        name + String(repeating: " ", count: max(1, width - name.utf8.count))
    }

    private static let scenario = """
        CENÁRIO, um arquivo JSON; toda chave é opcional, uma desconhecida é um erro
          instances       as que existem, cada uma com id e token; sem a chave, servem quaisquer id e token
          clientToken     o Client-Token exigido; sem a chave, nenhum é exigido
          seed            decide os ids, as demoras e as taxas: a mesma semente dá a mesma execução; sem a
                          chave, `simulate` dá outros ids às ligações a cada início
          choice          "digits" (a tabela acima) ou "rates"
          rates           com "rates" em choice: parte dos pedidos, de 0 a 1, pelos nomes da tabela acima;
                          o resto é aceito; cada pedido é sorteado de novo, por semente, telefone e contagem
          latency         quanto cada send-call espera entre a linha do registro e a resposta
          hang            quanto tempo uma ligação que trava segura a conexão
          retryAfter      o Retry-After de um 429, em segundos inteiros
          disconnections  quando uma instância perde o celular, contado do início, e por quanto tempo:
                          suas ligações recebem 200, são guardadas (no máximo 1000), e TODAS TOCAM na volta
          queueShowsCalls se as ligações na fila têm CallDuration; a documentação da Z-API não mostra
          messages        textos de outro programa, enviados quando a instância deles perde o celular
          tokenForm       como o token de uma instância aparece nos erros de tellToken e, nesse caso, também
                          nos ids das mensagens da fila:
                          plain, percent, percentTwice, percentU, entities, escapes, hex, base64,
                          lines, blanks, zeroWidth
          account         o que me diz: due (segundos desde 1970), paymentStatus, callRejectAuto
          callsContract   se os webhooks dizem se uma ligação foi atendida, como nas contas com o contrato
                          de chamadas (o padrão), ou só o que as contas comuns recebem
          dispositions    parte das ligações, de 0 a 1, pelos nomes da tabela de webhooks; o resto, pelos
                          dígitos
          timeScale       quanto dura um segundo para os webhooks: 0.1 é dez vezes mais rápido, 0 na hora
          faults          parte dos webhooks, de 0 a 1, pelos nomes da tabela de falhas
          lateBy          quanto mais tarde sai um webhook atrasado, antes de timeScale
          webhookRepeats  quantas vezes se reenvia um webhook sem resposta 2xx, até 10; 0 é nenhuma
        As durações são 250ms, 30s, 5m ou 2h. Por exemplo:
        \(SimulatorManual.exampleScenario)
        """

    private static let ledger = """
        REGISTRO, um arquivo com uma linha de JSON por pedido, gravada antes de sair a resposta
          sequence, at (ms desde 1970), instance, method, endpoint, phone, callDuration, callAudioUrl,
          behavior, httpStatus (ausente: a conexão foi cortada), rang, queued, zaapId, messageId,
          disposition
        Uma ligação guardada que toca na reconexão tem uma linha própria, com o endpoint "ring". Cada
        webhook também, com o endpoint "webhook", o tipo em webhook, o que ele diz em event, sua falha em
        fault e, em httpStatus, o que respondeu quem o recebeu (ausente: nada a tempo). Tokens e endereços
        de webhooks nunca são gravados. Um registro que já existe é continuado; um arquivo com outra coisa é
        recusado. Um dispositivo ou um pipe é gravado direto.
        """
}

extension Behavior {
    fileprivate var portuguese: String {
        switch self {
        case .accept: "toca; 200 com zaapId, messageId e id"
        case .ninthDigit: "toca; 200; phone-exists-batch responde com o nono dígito acrescentado ou tirado"
        case .redirect: "não toca; 302 para outro endereço, sempre"
        case .busy: "não toca; 503 com o erro JSON da própria Z-API uma vez, depois é aceito"
        case .fail: "não toca; 500 com o erro JSON da própria Z-API, sempre"
        case .oversized: "toca; 200 com um corpo de mais de 64 KiB"
        case .throttle: "não toca; 429 com Retry-After em segundos duas vezes, depois é aceito"
        case .throttleByDate: "não toca; 429 com Retry-After em data HTTP uma vez, depois é aceito"
        case .failOnce: "não toca; 500 com o erro JSON da própria Z-API uma vez, depois é aceito"
        case .refuse: "não toca; 400 com um erro JSON, sempre"
        case .noWhatsApp: "não toca; 400 Phone number does not exist; phone-exists-batch: exists: false"
        case .hang: "toca; nenhuma resposta até passar o tempo de hang, então a conexão fecha"
        case .cutBefore: "não toca; a conexão fecha sem resposta"
        case .cutAfter: "toca; a conexão fecha sem resposta"
        case .unreadable: "toca; 200 com um corpo que não é JSON legível"
        case .gatewayPage: "não toca; 502 com a página HTML de um gateway"
        case .gatewayBusy: "toca; 503 com a página HTML de um gateway"
        case .gatewayError: "toca; 500 com o JSON do framework de um gateway"
        case .refuseVaguely: "não toca; 400 com um erro que não diz o motivo, sempre"
        case .tellToken: "não toca; 400 com o token da instância no erro; veja tokenForm"
        }
    }
}

extension Disposition {
    /// What Z-API says in a webhook stays as it is.
    fileprivate var portuguese: String {
        switch self {
        case .answered: "entregue, atendida enquanto toca"
        case .missed: "entregue, não atendida"
        case .callsBack: "entregue, não atendida; depois a pessoa retorna a ligação"
        case .repliesStop, .repliesPhrase, .repliesUnclear, .repliesThanks:
            told(after: "answered; then the person writes ", "atendida; depois a pessoa escreve ")
        case .repliesAudio: "atendida; depois a pessoa envia uma mensagem de áudio"
        case .pressesButton: told(after: "answered; then the person presses ", "atendida; depois a pessoa aperta ")
        case .answersLater: "não atendida na primeira vez, depois atendida"
        case .noCallEvent: "entregue; nenhum evento diz se foi atendida"
        case .silent: "toca; nenhum evento"
        case .deliveryTimeout: told(after: "rings; error ", "toca; erro ")
        case .deliveryNoWhatsApp, .deliveryInvalidPhone, .deliveryNotQueued, .deliveryError, .deliveryRejected,
            .deliveryNotAllowed, .deliveryNoPermission, .deliveryShadowBan, .deliveryBadAudio, .deliveryAudioMissing,
            .deliveryAudioPage, .deliveryCallsUnavailable, .deliveryBadRequest, .deliveryOther:
            told(after: "no ring; error ", "não toca; erro ")
        }
    }

    /// What is quoted in the English explanation, with other words before it.
    private func told(after english: String, _ portuguese: String) -> String {
        portuguese + explanation.dropFirst(english.count)
    }
}

extension WebhookFault {
    fileprivate var portuguese: String {
        switch self {
        case .duplicate: "enviado duas vezes ao mesmo tempo"
        case .late: "enviado mais tarde, conforme lateBy"
        case .outOfOrder: "todos os webhooks de uma ligação são enviados na ordem inversa"
        case .lidOnly: "só diz a pessoa por um @lid"
        case .secondsTime: "seu momment está em segundos"
        case .textTime: "seu momment é um texto"
        case .unknownKind: "outro é enviado antes, de um tipo que ninguém conhece"
        case .tooLarge: "outro é enviado antes, maior que 256 KiB"
        case .wrongInstance: "uma cópia que indica outra instância é enviada antes"
        case .beforeReply: "o primeiro webhook de uma ligação sai antes da resposta do send-call"
        case .lost: "nunca enviado"
        }
    }
}
