/// What `ZAPI`, `CampaignRunner` and `CampaignStore` write about calls, instances and replies; tests hold them to it. The
/// more special ones come first.
enum RecordedWords {
    static func slot(_ number: Int, _ kind: RecordedText.Slot = .verbatim) -> String {
        RecordedText.slot(number, kind)
    }

    static var phrases: [Phrase] {
        calls + replies + connections + remedies + queues + instances + readings + blocks + frames
    }

    /// Said of failures that an earlier run has counted, in place of their errors.
    static var earlierFailure: Phrase { Phrase("before this run began", "antes desta execução começar") }

    /// Of calls that were not sent.
    private static var calls: [Phrase] {
        [SendRefusal.windowShut, .expired, .clockSet, .blocked].map(\.phrase) + [
            SendRefusal.tooLate(slot(0)),
            Phrase(
                "not sent: every open connection had been idle for too long",
                "não enviada: todas as conexões abertas estavam paradas havia tempo demais"),
        ]
    }

    /// What is said of a reply that does not say enough by itself.
    private static var replies: [Phrase] {
        [
            earlierFailure,
            Phrase("the reply is larger than 64 KiB", "a resposta tem mais de 64 KiB"),
            Phrase("the reply is incomplete: \(slot(0, .text))", "a resposta está incompleta: \(slot(0, .text))"),
            Phrase("asked to try again later", "pediu para tentar de novo mais tarde"),
            Phrase("a gateway answered", "um gateway respondeu"),
            Phrase("an error page that is not Z-API's", "uma página de erro que não é da Z-API"),
            Phrase("a redirect; check baseURL", "um redirecionamento; confira baseURL"),
            Phrase("no HTTP answer", "sem resposta HTTP"),
            Phrase("the reply does not name a call: \(slot(0))", "a resposta não indica uma ligação: \(slot(0))"),
            Phrase("the reply is empty", "a resposta está vazia"),
            Phrase("refused, no reason given", "recusada, sem motivo indicado"),
            Phrase("no reply", "sem resposta"),
            Phrase("no reply: \(slot(0, .text))", "sem resposta: \(slot(0, .text))"),
            Phrase("stopped while waiting for it", "a espera por ela foi interrompida"),
            Phrase("timed out", "tempo esgotado"),
            Phrase("the connection broke: \(slot(0))", "a conexão caiu: \(slot(0))"),
            Phrase("the connection broke", "a conexão caiu"),
            Phrase("Remote connection closed", "a conexão foi fechada do outro lado"),
            Phrase("it cannot be decompressed", "não é possível descompactá-la"),
        ]
    }

    /// Of connections that were not made.
    private static var connections: [Phrase] {
        [
            Phrase("cannot connect: \(slot(0, .text))", "não foi possível conectar: \(slot(0, .text))"),
            Phrase(
                "the host cannot be found or refuses connections", "o servidor não foi encontrado ou recusa conexões"),
            Phrase("connection refused", "conexão recusada"),
            Phrase(
                "too many files and connections are open; raise the limit (`ulimit -n`) or use fewer workers",
                "há arquivos e conexões abertos demais; aumente o limite (`ulimit -n`) ou use menos workers"),
            Phrase(
                "the server's certificate is not valid for this host",
                "o certificado do servidor não é válido para este endereço"),
            Phrase(
                "the server's certificate is not trusted: it is expired, self-signed, or from an issuer that this "
                    + "machine does not know (SSL_CERT_FILE can name a file with others)",
                "o certificado do servidor não é confiável: está vencido, é autoassinado ou vem de um emissor que esta "
                    + "máquina não conhece (SSL_CERT_FILE pode indicar um arquivo com outros)"),
            Phrase(
                "the server does not speak TLS: check the address and its port",
                "o servidor não fala TLS: confira o endereço e a porta"),
            Phrase("the TLS handshake failed (\(slot(0, .text)))", "a negociação TLS falhou (\(slot(0, .text)))"),
            Phrase("the TLS handshake failed", "a negociação TLS falhou"),
        ]
    }

    /// What a person can do about an account.
    private static var remedies: [Phrase] {
        [
            Phrase(
                "pay for, renew or unblock the instance at Z-API", "pague, renove ou desbloqueie a instância na Z-API"),
            Phrase(
                "check the account's plan, limits and credit at Z-API",
                "confira o plano, os limites e o crédito da conta na Z-API"),
            Phrase(
                "check the instance's id, token and client token, and the IP addresses that Z-API allows",
                "confira o id, o token e o client token da instância, e os endereços IP que a Z-API permite"),
            Phrase(
                "check the instance's id and token, and baseURL", "confira o id e o token da instância, e baseURL"),
            Phrase("connect the instance's phone at Z-API", "conecte o telefone da instância na Z-API"),
            Phrase("check baseURL", "confira baseURL"),
            Phrase("a proxy in between requires a password", "um proxy no caminho exige uma senha"),
        ]
    }

    /// Of requests about Z-API's queue, numbers and settings.
    private static var queues: [Phrase] {
        [
            Phrase(
                "its queue could not be read completely within \(slot(0)) s",
                "a fila dela não pôde ser lida por completo em \(slot(0)) s"),
            Phrase(
                "its queue has more pages, but the reply does not say where to continue",
                "a fila dela tem mais páginas, mas a resposta não diz onde continuar"),
            Phrase(
                "its queue has more than \(slot(0)) pages of \(slot(1))",
                "a fila dela tem mais de \(slot(0)) páginas de \(slot(1))"),
            Phrase("“\(slot(0))” is not a zaapId", "“\(slot(0))” não é um zaapId"),
            Phrase("the item was not removed", "o item não foi removido"),
            Phrase("the paging state is not text", "o estado da paginação não é texto"),
            Phrase("the reply is not a list of queue items", "a resposta não é uma lista de itens da fila"),
            Phrase("the reply is not a list of numbers", "a resposta não é uma lista de números"),
            Phrase("the setting was not taken", "a configuração não foi aceita"),
            Phrase(
                "the reply does not say whether the setting was taken",
                "a resposta não diz se a configuração foi aceita"),
            Phrase(
                "the reply to /me does not describe an instance", "a resposta a /me não descreve uma instância"),
            Phrase("the setting cannot be written", "a configuração não pode ser escrita"),
            Phrase("an address that cannot be read", "um endereço que não pode ser lido"),
        ]
    }

    /// Why an instance is not in use.
    private static var instances: [Phrase] {
        [
            Phrase(
                "\(slot(0, .text)) (for several contacts in a row: check the instance at Z-API)",
                "\(slot(0, .text)) (com vários contatos seguidos: confira a instância na Z-API)"),
            Phrase(
                "\(slot(0, .text)); before that: \(slot(1, .text))", "\(slot(0, .text)); antes disso: \(slot(1, .text))"
            ),
            Phrase(
                "\(slot(0, .text)); but /status says that it is connected",
                "\(slot(0, .text)); mas /status diz que ela está conectada"),
            Phrase("disconnected: \(slot(0, .text))", "desconectada: \(slot(0, .text))"),
            Phrase("misconfigured: \(slot(0, .text))", "problema da conta: \(slot(0, .text))"),
            Phrase("quarantined: \(slot(0, .text))", "em quarentena: \(slot(0, .text))"),
            Phrase(
                "quarantined after \(slot(0)) failures in a row: \(slot(1, .text))",
                "em quarentena depois de \(slot(0)) falhas seguidas: \(slot(1, .text))"),
            Phrase("Z-API asked to wait: \(slot(0, .text))", "a Z-API pediu para esperar: \(slot(0, .text))"),
            Phrase("on hold since an earlier run", "em espera desde uma execução anterior"),
            Phrase("no reason given", "sem motivo indicado"),
            Phrase("not connected", "não conectada"),
            Phrase("unreachable", "sem comunicação"),
            Phrase("the phone is not connected to the internet", "o telefone não está conectado à internet"),
            Phrase("no answer within \(slot(0)) s", "sem resposta em \(slot(0)) s"),
            Phrase("its calls were not delivered", "as ligações dela não foram entregues"),
            Phrase(
                "accepted calls were not delivered (\(slot(0)))", "ligações aceitas não foram entregues (\(slot(0)))"),
            Phrase("not delivered: \(slot(0))", "não entregue: \(slot(0))"),
            Phrase("WhatsApp rejected several of its calls", "o WhatsApp recusou várias ligações dela"),
            Phrase("WhatsApp restricts it", "o WhatsApp a restringe"),
            Phrase(
                "Z-API does not know whether its last calls went out",
                "a Z-API não sabe se as últimas ligações dela saíram"),
        ]
    }

    /// What stands around another text; that must be one of ours, since nearly every text has this form.
    private static var frames: [Phrase] {
        [
            Phrase("HTTP \(slot(0)), \(slot(1, .ownText))", "HTTP \(slot(0)), \(slot(1, .ownText))"),
            Phrase("\(slot(0)): \(slot(1, .ownText))", "\(slot(0)): \(slot(1, .ownText))"),
            Phrase("\(slot(0)) (\(slot(1, .ownText)))", "\(slot(0)) (\(slot(1, .ownText)))"),
        ]
    }
}
