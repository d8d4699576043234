/// The words that ``AccountTrouble`` goes by: lower case, without accents and punctuation.
enum AccountWords {
    /// Phrases that mean something else than their words do.
    static let replacements: [(phrases: [String], word: String)] = [
        (["whats app"], "whatsapp"), (ownAccount, "account"), (ownPhone, "device"), (support, "support"),
    ]

    private static let ownAccount = [
        "your whatsapp account", "your account", "sua conta do whatsapp", "sua conta no whatsapp", "sua conta",
    ]
    private static let support = [
        "contact support", "contact our support", "contact the support", "contact us", "contact z api",
        "entre em contato", "entrar em contato",
    ]
    /// Of the account's own phone, which is no phone that is to be called.
    private static let ownPhone = [
        "your phone number", "your phone", "your number", "your whatsapp number", "your whatsapp", "your cell phone",
        "your device", "instance phone", "phone of the instance", "phone of this instance", "seu telefone",
        "seu numero", "seu celular", "seu whatsapp", "seu aparelho", "telefone da instancia", "celular da instancia",
        "connected phone",
        "phone connected to the instance", "phone connected to this instance", "telefone conectado",
        "numero da instancia",
    ]

    /// Words of this request.
    static let request = [
        "phone", "phones", "telefone", "fone", "number", "numero", "contact", "contato", "recipient", "destinatario",
        "destination", "destino", "callee", "participant", "participante", "user", "usuario", "chat", "lid", "audio",
        "whatsapp account", "conta do whatsapp", "conta no whatsapp", "conta whatsapp", "callduration", "duration",
        "duracao", "callaudiourl", "media", "midia",
    ]

    static let disconnectedSender = [
        "you are not connected", "you re not connected", "you are disconnected", "you are not logged in",
        "you are not paired", "voce nao esta conectado", "voce nao esta conectada", "voce esta desconectado",
        "voce esta desconectada", "restore the session", "restore your session", "restore session",
        "restore this session", "restaurar a sessao", "restaurar sua sessao", "restaurar sessao", "restaure a sessao",
        "restaure sua sessao", "scan the qr code", "scan qr code", "read the qr code", "ler o qr code",
        "leia o qr code", "escaneie o qr code", "escanear o qr code",
    ]
    /// “… connected to this contact”.
    static let towards = ["connected to", "conectado a", "conectado ao", "conectado com", "connected with"]

    /// Whole texts: the phone that can be connected or not is the account's.
    static let disconnectedPhone = ["phone", "the phone", "telefone", "o telefone", "celular", "o celular"].flatMap {
        phone in
        [
            "not connected", "is not connected", "disconnected", "is disconnected", "desconectado", "esta desconectado",
            "nao conectado", "nao esta conectado",
        ].map { "\(phone) \($0)" }
    }

    static let subscribe = [
        "subscribe to this instance", "subscribe to the instance", "subscribe this instance",
        "subscribe again", "subscribe the instance", "renew your subscription", "renew the subscription",
        "renew this instance", "renew the instance", "assinar a instancia", "assinar esta instancia",
        "assinar essa instancia", "assinar novamente", "assine novamente", "assine a instancia", "renove a assinatura",
        "renovar a assinatura", "renove sua assinatura", "renovar sua assinatura", "payment required",
        "pagamento necessario",
    ]

    static let mustSubscribe = ["must subscribe", "need to subscribe", "precisa assinar", "deve assinar"]

    static let sessions = ["session", "sessao"]
    static let instances = ["instance", "instancia"]
    static let accounts = ["account", "conta"]
    /// What can be connected to WhatsApp.
    static let connections =
        sessions + instances + accounts
        + ["device", "dispositivo", "aparelho", "smartphone", "celular", "whatsapp", "client"]
    static let awayStates = [
        "not connected", "disconnected", "offline", "not paired", "logged out", "not logged in",
        "nao conectado", "nao conectada", "nao esta conectado", "nao esta conectada", "desconectado", "desconectada",
        "nao pareado", "sem conexao",
    ]

    static let subscriptions = [
        "subscription", "assinatura", "plan", "plano", "trial", "periodo de teste", "payment", "pagamento", "invoice",
        "fatura", "boleto", "license", "licenca",
    ]
    static let credentials = ["token", "client token", "credential", "credentials", "credencial", "credenciais"]
    static let unauthorized = [
        "unauthorized", "unauthorised", "not authorized", "not authorised", "nao autorizado", "nao autorizada",
        "access denied", "acesso negado", "forbidden",
    ]
    static let notAllowed = ["not allowed", "nao permitido", "nao permitida"]

    static let nothingThere = [
        "not found", "resource not found", "route not found", "page not found", "nao encontrado", "nao encontrada",
        "recurso nao encontrado",
    ]
    static let noResource = ["target resource method"]

    static let missing = [
        "not found", "nao encontrado", "nao encontrada", "does not exist", "nao existe", "unknown",
        "deleted", "removed", "excluida", "removida", "no such", "invalid", "invalida",
    ]
    static let badStates =
        missing + [
            "expired", "expirado", "expirada", "expirou", "not active", "inactive", "inativo", "inativa", "suspended",
            "suspenso", "suspensa", "blocked", "bloqueado", "bloqueada", "cancelled", "canceled", "cancelado",
            "cancelada", "disabled", "desativado", "desativada", "desabilitado", "desabilitada", "deactivated",
            "excluido", "removido", "invalido", "not valid", "missing", "ausente", "required", "obrigatorio",
            "not configured", "nao configurado", "nao foi configurado", "not informed", "nao informado", "not provided",
            "wrong", "incorrect", "incorreto", "overdue", "vencido", "vencida", "venceu", "atrasado", "unpaid",
            "not paid", "pending", "pendente", "em aberto", "ended", "is over", "encerrado", "encerrada", "finished",
            "terminated", "banned", "banido", "banida", "revoked", "revogado", "closed", "fechada", "lost", "null",
            "empty",
        ]
}
