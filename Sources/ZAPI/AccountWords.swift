/// The words that ``AccountTrouble`` goes by: lower case, without accents and punctuation.
enum AccountWords {
    /// Phrases that mean something else than their words do.
    static let replacements: [(phrases: [String], word: String)] = [
        (["whats app"], "whatsapp"), (ownAccount, "account"), (ownPhone, "device"), (support, "support"),
        (calls, "call"), (amounts, "amount"), (sender, "unauthorized"), (ownPlan, "plan"), (noPlan, "no plan"),
        (["chat service", "chat server", "servico de chat"], "service"),
    ]

    /// Calls as such: with sound, which is not the sound of this one, by phone, which is no phone that is called.
    private static let calls = [
        "phone calls", "phone call", "chamadas telefonicas", "chamada telefonica", "ligacoes telefonicas",
        "ligacao telefonica",
        "audio calls", "audio call", "voice and audio calls", "calls with audio", "call with audio",
        "chamadas de audio", "chamada de audio", "ligacoes de audio", "ligacao de audio", "chamadas com audio",
        "ligacoes com audio",
    ]
    /// How many, and not whom.
    private static let amounts = [
        "number of calls", "number of messages", "number of requests", "number of contacts", "number of recipients",
        "number of sends", "number of instances", "number of users", "maximum number of", "max number of",
        "contact limit", "contacts limit", "limit of contacts", "recipient limit", "recipients limit",
        "limit of recipients", "limite de contatos", "limite de destinatarios",
        "numero de chamadas", "numero de ligacoes", "numero de mensagens", "numero de requisicoes",
        "numero de contatos", "numero de envios", "numero maximo de",
    ]
    /// The user who asks, and not the one who is to be called.
    private static let sender = [
        "unauthorized user", "unauthorised user", "user unauthorized", "user is unauthorized", "user not authorized",
        "user is not authorized", "user does not have permission", "user has no permission", "usuario nao autorizado",
        "usuario sem permissao", "usuario nao tem permissao", "user not authenticated", "user is not authenticated",
        "usuario nao autenticado", "invalid user or token",
    ]

    /// What the user who asks has paid for, and not the one who is to be called.
    private static let ownPlan = [
        "user plan", "user s plan", "user subscription", "user s subscription", "plan of the user",
        "subscription of the user", "plano do usuario", "plano de usuario", "assinatura do usuario",
    ]
    private static let noPlan = [
        "user has no active plan", "user has no active subscription", "user has no plan", "user has no subscription",
        "user does not have an active plan", "user does not have an active subscription", "usuario sem plano",
        "usuario sem assinatura", "usuario nao possui plano", "usuario nao possui assinatura",
    ]

    private static let ownAccount = [
        "your whatsapp account", "your account", "sua conta do whatsapp", "sua conta no whatsapp", "sua conta",
    ]
    private static let support = [
        "contact support", "contact our support", "contact the support", "contact us", "contact z api",
        "contact your administrator", "contact the administrator", "contact your admin", "contact sales",
        "contact our team", "contact customer support", "please contact",
        "entre em contato", "entrar em contato",
    ]
    /// Of the account's own phone, which is no phone that is to be called.
    private static let ownPhone = [
        "your phone number", "your phone", "your number", "your whatsapp number", "your whatsapp", "your cell phone",
        "your device", "instance phone", "phone of the instance", "phone of this instance", "seu telefone",
        "seu numero", "seu celular", "seu whatsapp", "seu aparelho", "telefone da instancia", "celular da instancia",
        "connected phone",
        "phone connected to the instance", "phone connected to this instance", "telefone conectado",
        "numero da instancia", "number connected to the instance", "number connected to this instance",
        "numero conectado a instancia", "numero conectado a esta instancia", "numero conectado", "connected number",
        "sender number", "sender s number", "sender phone", "sender s phone", "sender phone number",
        "number of the sender", "phone of the sender", "numero remetente", "numero do remetente",
        "telefone remetente", "telefone do remetente", "from this phone", "from this number",
    ]

    /// Words of this request.
    static let request = [
        "phone", "phones", "telefone", "fone", "number", "numero", "contact", "contato", "recipient", "destinatario",
        "destination", "destino", "callee", "participant", "participante", "user", "usuario", "chat", "lid", "audio",
        "whatsapp account", "conta do whatsapp", "conta no whatsapp", "conta whatsapp", "callduration", "duration",
        "duracao", "callaudiourl", "media", "midia", "recipients", "numbers", "numeros", "contacts", "contatos",
        "receiver", "telefones", "destinatarios",
        // Known to be about the call (Z-API's delivery errors, read 2026).
        "rejected sending", "whatsapp did not allow",
    ]
    /// What has a number of its own.
    static let numbered: Set<String> = [
        "instance", "instancia", "token", "session", "sessao", "request", "requisicao", "trace", "protocol",
        "protocolo", "device", "subscription", "assinatura", "plan", "plano", "invoice", "fatura",
    ]

    static let disconnectedSender = [
        "you are not connected", "you re not connected", "you are disconnected", "you are not logged in",
        "you are not paired", "voce nao esta conectado", "voce nao esta conectada", "voce esta desconectado",
        "voce esta desconectada", "restore the session", "restore your session", "restore session",
        "restore this session", "restaurar a sessao", "restaurar sua sessao", "restaurar sessao", "restaure a sessao",
        "restaure sua sessao", "scan the qr code", "scan qr code", "read the qr code", "ler o qr code",
        "leia o qr code", "escaneie o qr code", "escanear o qr code",
        "check your smartphone", "check the smartphone", "verifique seu smartphone", "verifique o smartphone",
    ]
    /// “… connected to this contact”.
    static let towards = ["connected to", "conectado a", "conectado ao", "conectado com", "connected with"]

    /// Whole texts: the phone that can be connected or not is the account's.
    static let disconnectedPhone = ["phone", "the phone", "telefone", "o telefone", "celular", "o celular"].flatMap {
        phone in
        [
            "not connected", "is not connected", "disconnected", "is disconnected", "desconectado", "esta desconectado",
            "nao conectado", "nao esta conectado", "offline", "is offline", "esta offline", "sem conexao",
            // What Z-API can know of no phone but the account's.
            "not connected to the internet", "is not connected to the internet", "nao conectado a internet",
            "nao esta conectado a internet", "is without internet", "esta sem internet", "esta sem bateria",
        ].map { "\(phone) \($0)" } + phoneTroubles.map { "\(phone) \($0)" }
    }
    /// Of the account's own phone.
    static let phoneTroubles = [
        "no internet", "has no internet", "no internet connection", "has no internet connection", "without internet",
        "sem internet", "sem conexao com a internet", "without battery", "no battery", "has no battery",
        "out of battery", "is out of battery", "battery low", "battery is low", "low battery", "sem bateria",
        "bateria fraca", "com bateria fraca",
    ]
    /// What is the account's own, not whoever's is to be called.
    static let ownPhones = ["device", "dispositivo", "aparelho", "smartphone", "celular"]
    /// What WhatsApp does to the number that calls.
    static let sanctions = [
        "banned", "is banned", "banido", "banida", "restricted", "restrito", "restrita", "blocked", "bloqueado",
        "bloqueada", "suspended", "suspenso", "suspensa",
    ]

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
        "nao pareado", "sem conexao", "disconnecting", "no connection",
    ]
    /// Of an instance that is not there yet, or not any more.
    static let unready = [
        "must be connected", "needs to be connected", "need to be connected", "should be connected", "be connected",
        "must connect", "need to connect", "connect your", "connect the", "connect this", "connect device",
        "connect account",
        "connect whatsapp", "connect instance", "connect to whatsapp", "reconnect",
        "reconnecting", "connecting", "connection closed", "connection lost", "connection failure", "closed connection",
        "not ready", "not started", "not initialized", "not initialised", "not running", "not authenticated yet",
        "starting", "restarting", "initializing", "initialising", "restart the instance", "booting", "loading",
        "qr code", "qrcode", "not paired", "pairing", "not logged", "logged out", "session not open",
        "precisa estar conectado", "precisa estar conectada", "deve estar conectado", "deve estar conectada",
        "estar conectado", "estar conectada", "conecte", "reconecte", "conectando", "reconectando", "conexao fechada",
        "conexao perdida", "conexao encerrada", "nao esta pronto", "nao esta pronta", "nao iniciada", "nao iniciado",
        "nao foi iniciada", "nao inicializada", "reiniciando", "inicializando", "iniciando", "nao esta logado",
        "nao pareada", "sem internet",
    ]

    /// What a plan counts.
    static let usedUp = [
        "limit reached", "limit exceeded", "limit was reached", "limit has been reached", "limit is reached",
        "limit hit", "over the limit", "over your limit", "reached the limit", "reached your limit",
        "reached your daily limit", "exceeded the limit", "exceeded your limit", "exceeded your daily limit",
        "daily limit", "monthly limit", "weekly limit", "plan limit", "account limit", "instance limit", "call limit",
        "calls limit", "limit of calls", "limit of your plan", "quota", "cota", "out of credit", "out of credits",
        "no credit", "no credits", "insufficient", "insuficiente", "insuficientes", "balance", "saldo", "sem creditos",
        "sem credito", "limite", "limites", "upgrade", "maximum amount", "too many calls",
    ]
    /// What a plan offers.
    static let offers = [
        "plan", "plano", "call", "calls", "calling", "chamada", "chamadas", "ligacao", "ligacoes", "feature",
        "features", "funcionalidade", "recurso", "credit", "credits", "credito", "creditos", "this instance",
        "esta instancia", "essa instancia", "nesta instancia", "nessa instancia", "contract", "contrato",
    ]
    static let withheld =
        badStates + [
            "not enabled", "not available", "unavailable", "not include", "not included", "not contracted",
            "not supported", "not activated", "not permitted", "not support", "no active", "not have", "no", "without",
            "exceeded", "reached", "used up", "exhausted", "mismatch", "does not match", "do not match", "not match",
            "rejected", "refused", "restricted", "restrito", "restrita", "restritas", "unknown", "atingido", "atingida",
            "excedido", "excedida", "esgotado", "esgotada",
            "esgotados", "nao habilitado", "nao habilitada", "nao habilitadas", "nao disponivel", "nao disponiveis",
            "indisponivel", "indisponiveis", "nao inclui", "nao incluido", "nao incluidas", "nao contratado",
            "nao permite", "nao possui", "nao tem", "nao ha", "nao confere", "nao corresponde", "sem", "recusado",
        ]
    static let permissions =
        unauthorized + [
            "permission", "permissions", "permissao", "permissoes", "unauthenticated", "not authenticated",
            "nao autenticado", "nao autenticada", "authentication", "autenticacao", "authorization", "autorizacao",
            "not permitted", "ip blocked",
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
