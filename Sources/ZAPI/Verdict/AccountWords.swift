/// The words by which ``AccountProblem`` judges: lower case, without accents and punctuation.
enum AccountWords {
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

    /// Whole texts: the phone that is connected or not is the account's.
    static let disconnectedPhone = ["phone", "the phone", "telefone", "o telefone", "celular", "o celular"].flatMap {
        phone in
        [
            "not connected", "is not connected", "disconnected", "is disconnected", "desconectado", "esta desconectado",
            "nao conectado", "nao esta conectado", "offline", "is offline", "esta offline", "sem conexao",
            // What Z-API cannot know about any phone but the account's.
            "not connected to the internet", "is not connected to the internet", "nao conectado a internet",
            "nao esta conectado a internet", "is without internet", "esta sem internet", "esta sem bateria",
        ].map { "\(phone) \($0)" } + phoneProblems.map { "\(phone) \($0)" }
    }
    /// About the account's own phone.
    static let phoneProblems = [
        "no internet", "has no internet", "no internet connection", "has no internet connection", "without internet",
        "sem internet", "sem conexao com a internet", "without battery", "no battery", "has no battery",
        "out of battery", "is out of battery", "battery low", "battery is low", "low battery", "sem bateria",
        "bateria fraca", "com bateria fraca",
    ]
    /// About an instance to which no phone is connected; its connected number is a device here.
    static let missingDevices = [
        "not have a device", "not have device", "has no device", "no device", "without a device", "without device",
        "nao possui um device", "nao possui device", "nao tem um device", "nao tem device", "sem um device",
        "sem device", "nao ha device",
    ]
    /// Z-API's own queue, which keeps nothing while the phone is away where it has been told so.
    static let enqueuing = [
        "enqueue", "enqueued", "enqueueing", "enqueuing", "enfileirar", "enfileirado", "enfileirada", "enfileiramento",
    ]
    /// Things that belong to the account, not to the person called.
    static let ownPhones = ["device", "dispositivo", "aparelho", "smartphone", "celular"]
    /// What WhatsApp does to the number that places calls.
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
    /// For an instance that is not ready yet, or no longer.
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
