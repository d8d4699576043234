extension ErrorWords {
    /// Phrases that mean something different from their words.
    static let replacements: [(phrases: [String], word: String)] = [
        (["whats app"], "whatsapp"), (ownAccount, "account"), (ownPhone, "device"), (support, "support"),
        (calls, "call"), (amounts, "amount"), (sender, "unauthorized"), (ownPlan, "plan"), (noPlan, "no plan"),
        (["chat service", "chat server", "servico de chat"], "service"),
    ]

    /// About calls in general: “audio” and “phone” in them do not refer to this request.
    private static let calls = [
        "phone calls", "phone call", "chamadas telefonicas", "chamada telefonica", "ligacoes telefonicas",
        "ligacao telefonica",
        "audio calls", "audio call", "voice and audio calls", "calls with audio", "call with audio",
        "chamadas de audio", "chamada de audio", "ligacoes de audio", "ligacao de audio", "chamadas com audio",
        "ligacoes com audio",
    ]
    /// How many, not whom.
    private static let amounts = [
        "number of calls", "number of messages", "number of requests", "number of contacts", "number of recipients",
        "number of sends", "number of instances", "number of users", "maximum number of", "max number of",
        "contact limit", "contacts limit", "limit of contacts", "recipient limit", "recipients limit",
        "limit of recipients", "limite de contatos", "limite de destinatarios",
        "numero de chamadas", "numero de ligacoes", "numero de mensagens", "numero de requisicoes",
        "numero de contatos", "numero de envios", "numero maximo de",
    ]
    /// The user who sends the request, not the person called.
    private static let sender = [
        "unauthorized user", "unauthorised user", "user unauthorized", "user is unauthorized", "user not authorized",
        "user is not authorized", "user does not have permission", "user has no permission", "usuario nao autorizado",
        "usuario sem permissao", "usuario nao tem permissao", "user not authenticated", "user is not authenticated",
        "usuario nao autenticado", "invalid user or token",
    ]

    /// The plan of the user who sends the request, not of the person called.
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
    /// The account's own phone, not the one called.
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

    /// Words that are about this request.
    static let request = [
        "phone", "phones", "telefone", "fone", "number", "numero", "contact", "contato", "recipient", "destinatario",
        "destination", "destino", "callee", "participant", "participante", "user", "usuario", "chat", "lid", "audio",
        "whatsapp account", "conta do whatsapp", "conta no whatsapp", "conta whatsapp", "callduration", "duration",
        "duracao", "callaudiourl", "media", "midia", "recipients", "numbers", "numeros", "contacts", "contatos",
        "receiver", "telefones", "destinatarios",
        // Known to be about the call (Z-API's delivery errors, read 2026).
        "rejected sending", "whatsapp did not allow",
    ]
    /// The number of this request, or who has it.
    static let callee = [
        "phone", "phones", "telefone", "telefones", "fone", "number", "numbers", "numero", "numeros", "recipient",
        "recipients", "destinatario", "destinatarios", "receiver", "callee", "destination", "destino", "lid", "contact",
        "contato",
    ]
    /// What is said of a number that can never be called.
    static let noNumber = [
        "not exist", "not exists", "inexistent", "inexistente", "nao existe", "invalid", "invalido", "not valid",
        "not a valid", "nao e valido", "not found", "nao encontrado", "not registered", "nao registrado",
        "nao cadastrado",
        "no whatsapp", "not have whatsapp", "not have a whatsapp", "not a whatsapp", "not on whatsapp",
        "not in whatsapp",
        "sem whatsapp", "nao tem whatsapp", "nao possui whatsapp", "nao esta no whatsapp", "must be digits",
    ]
    /// Words beside which a text about a number may be about something else: the sound, how long it rings, the sender, or
    /// somebody who does not want to be called.
    static let besidesNumber = [
        "audio", "callaudiourl", "media", "midia", "url", "duration", "callduration", "duracao", "request",
        "requisicao",
        "rejected", "rejeitado", "rejeitou", "rejeitada", "reject", "allow", "allowed", "permitido", "permitida",
        "permission", "permissions", "permissao", "blocked", "bloqueado", "bloqueada", "bloqueou", "block", "device",
        "instance", "instancia", "token", "timeout",
    ]
    /// Things that have their own number.
    static let numbered: Set<String> = [
        "instance", "instancia", "token", "session", "sessao", "request", "requisicao", "trace", "protocol",
        "protocolo", "device", "subscription", "assinatura", "plan", "plano", "invoice", "fatura",
    ]
}
