import CampaignCore
import Testing

@testable import ZAPI

@Suite struct `An error text` {
    @Test(
        arguments: [
            ("To continue sending a message, you must subscribe to this instance again", .subscription),
            ("To continue sending a message you must subscribe to this instance again", .subscription),
            ("YOU NEED TO SUBSCRIBE", .subscription), ("Subscription expired", .subscription),
            ("SUBSCRIPTION_EXPIRED", .subscription), ("subscriptionExpired", .subscription),
            ("Your subscription is not active.", .subscription),
            ("The trial of this instance has ended", .subscription),
            ("Instance suspended, contact support", .subscription),
            ("Instance blocked. Please contact us", .subscription),
            ("Your account is suspended", .subscription), ("Payment required", .subscription),
            ("Invoice overdue", .subscription), ("Assinatura vencida", .subscription),
            ("Sua assinatura expirou. Renove para continuar", .subscription), ("Instância desativada", .subscription),
            ("É preciso assinar novamente", .subscription), ("Pagamento pendente", .subscription),
            ("Período de teste encerrado", .subscription), ("Conta bloqueada por falta de pagamento", .subscription),
            ("your client-token is not configured", .credentials), ("Client-Token missing", .credentials),
            ("client token is required", .credentials), ("CLIENT_TOKEN_INVALID", .credentials),
            ("Invalid token", .credentials), ("Token inválido", .credentials), ("Unauthorized", .credentials),
            ("Você não tem permissão: acesso negado", .credentials), ("null not allowed", .credentials),
            ("203.0.113.7 not allowed.", .credentials), ("IP não permitido", .credentials),
            ("Client-Token não configurado", .credentials), ("O token da instância não foi configurado", .credentials),
            ("Instance not found", .noInstance), ("Instância não encontrada", .noInstance),
            ("This instance does not exist", .noInstance), ("Instance doesn't exist", .noInstance),
            ("You are not connected.", .disconnected), ("you're not connected", .disconnected),
            ("YOU ARE NOT CONNECTED", .disconnected), ("You need to restore the session.", .disconnected),
            ("Restore your session to continue", .disconnected), ("Instance is not connected", .disconnected),
            ("INSTANCE_NOT_CONNECTED", .disconnected), ("instanceDisconnected", .disconnected),
            ("Instance isn't connected", .disconnected), ("Your phone is not connected", .disconnected),
            ("Smartphone disconnected", .disconnected), ("Phone not connected", .disconnected),
            ("WhatsApp disconnected", .disconnected), ("Session closed", .disconnected),
            ("Session expired. Scan the QR code again", .disconnected), ("Device offline", .disconnected),
            ("Error calling 5511999990001: You are not connected.", .disconnected),
            ("Phone 5511999990001: instance is disconnected", .disconnected),
            ("Cannot call this number - instance disconnected", .disconnected),
            ("Você não está conectado", .disconnected), ("Instância desconectada", .disconnected),
            ("É necessário restaurar a sessão", .disconnected), ("Sessão expirada", .disconnected),
            ("O celular está desconectado", .disconnected), ("Leia o QR Code para conectar", .disconnected),
            ("Phone is not connected to the internet", .disconnected), ("Telefone sem internet", .disconnected),
            ("The phone is turned off, check your smartphone", .disconnected), ("Telefone sem bateria", .disconnected),
            ("Smartphone out of battery", .disconnected), ("Seu celular está sem internet", .disconnected),
            ("The sender number is banned", .subscription), ("Número do remetente banido", .subscription),
            ("The number connected to this instance is banned", .subscription),
            ("Instance is disconnected and enqueue is disabled", .disconnected),
            ("The instance does not have a connected number", .disconnected),
            ("Instance without a connected number", .disconnected), ("There is no connected number", .disconnected),
            ("A instância não possui um número conectado", .disconnected), ("Sem número conectado", .disconnected),
            ("Message not enqueued: instance disconnected", .disconnected),
            ("Enfileiramento desabilitado enquanto a instância está desconectada", .disconnected),
        ] as [(String, AccountProblem)]
    ) func `about the account is recognized in any words`(text: String, problem: AccountProblem) {
        #expect(AccountProblem([text]) == problem)
    }

    @Test(
        arguments: [
            "Phone number does not exist", "Phone 5511999990001 is not connected to WhatsApp",
            "This number is not connected to WhatsApp", "The contact is disconnected", "Phone is blocked",
            "5511999990001 not connected", "The account of this number is suspended", "Phone account not found",
            "WhatsApp account not found", "This WhatsApp account does not exist", "The recipient's account is blocked",
            "The recipient must subscribe to your channel", "You are not connected to this contact",
            "Number 5511999990001 not found on this instance", "Invalid phone", "Phone not allowed",
            "callDuration not allowed", "Phone number not allowed", "callAudioUrl not allowed", "Contact token expired",
            "The phone must not contain the word token", "Recipient's session expired",
            "Whatsapp rejected sending this message",
            "Este número não está conectado ao WhatsApp", "Número inválido", "Contato bloqueado",
            "A conta do contato está suspensa", "Telefone não encontrado nesta instância",
            "O destinatário está offline",
            "Conta do WhatsApp não encontrada", "callDuration must be from 1 to 15 seconds", "Internal error", "",
            " . ",
            "Message could not be queued", "Could not enqueue the call", "Phone 5511999990001: not enqueued",
            "Instance", "session", "token", "Connected",
        ])
    func `about the call leaves the instance alone`(text: String) {
        #expect(AccountProblem([text]) == nil)
    }

    /// Texts that name no person to be called.
    @Test(
        arguments: [
            ("Not connected", .disconnected), ("Disconnected", .disconnected), ("DISCONNECTED.", .disconnected),
            ("Cannot enqueue message while disconnected", .disconnected), ("Enqueue is disabled", .disconnected),
            ("Message enqueueing is blocked", .disconnected), ("disableEnqueueWhenDisconnected", .disconnected),
            ("Enfileiramento bloqueado", .disconnected), ("Enqueuing not allowed", .disconnected),
            ("You must be connected to make calls", .disconnected), ("Connection Closed", .disconnected),
            ("Instance 12345678 is not connected", .disconnected),
            ("Instance id: 12345678 is not connected", .disconnected),
            ("Instance: 12345678 not connected", .disconnected), ("Not connected to WhatsApp", .disconnected),
            ("WhatsApp is not ready", .disconnected), ("QR Code not read", .disconnected),
            ("Conecte o WhatsApp para continuar", .disconnected), ("Instancia nao iniciada", .disconnected),
            ("Instance is restarting", .disconnected), ("Bad Request: not connected", .disconnected),
            ("Please connect your WhatsApp first", .disconnected), ("Phone is offline", .disconnected),
            ("É preciso estar conectado para ligar", .disconnected), ("Reconecte o aparelho", .disconnected),
            ("Client is not initialized", .disconnected), ("Session not started", .disconnected),
            ("No active subscription", .subscription),
            ("Instance does not have an active subscription", .subscription),
            ("No plan", .allowance), ("Your plan does not include calls", .allowance),
            ("Calls are not available in your plan", .allowance), ("Calls not enabled for this instance", .allowance),
            ("Audio calls are not enabled for your plan", .allowance),
            ("Limite do plano atingido", .allowance), ("Daily limit reached", .allowance),
            ("Insufficient balance", .allowance), ("Your account has no credits", .allowance),
            ("Maximum number of calls reached", .allowance), ("Quota exceeded", .allowance),
            ("Saldo insuficiente", .allowance), ("Chamadas não habilitadas", .allowance),
            ("Seu plano não inclui ligações", .allowance), ("This feature is not available", .allowance),
            ("Recurso não disponível nesta instância", .allowance), ("Upgrade your plan", .allowance),
            ("Número máximo de chamadas atingido", .allowance),
            ("Daily limit reached. Please contact sales", .allowance),
            ("Voice calls from this phone are restricted", .allowance), ("Phone calls are disabled", .allowance),
            ("User plan expired", .subscription), ("User has no active subscription", .subscription),
            ("Contact limit of the plan reached", .allowance), ("Plano do usuário vencido", .subscription),
            ("Chat service is offline", .disconnected),
            ("Token mismatch", .credentials), ("Client-Token 1234567890 is invalid", .credentials),
            ("Unauthorized user", .credentials), ("Usuário não autorizado", .credentials),
            ("You do not have permission to use this feature", .credentials),
            ("Token does not match", .credentials), ("Authentication failed", .credentials),
            ("Sem permissão", .credentials), ("The token was rejected", .credentials),
        ] as [(String, AccountProblem)]
    ) func `that names no recipient is about the account`(text: String, problem: AccountProblem) {
        let found = AccountProblem([text])
        #expect(found != nil)
        // Which problem it is only selects the remedy; whether it is one must be right.
        #expect((found == .disconnected) == (problem == .disconnected), "\(String(describing: found))")
    }

    @Test(
        arguments: [
            "Phone 5511999990001: not connected", "5511999990001: disconnected", "Number 5511999990001 not ready",
            "The recipient is not connected", "Recipient must be connected", "Calls to this number are not enabled",
            "Chamadas para este número não disponíveis", "Daily limit of calls to this contact reached",
            "You do not have permission to call this number", "Limite de ligações para o destinatário atingido",
            "Contact does not accept calls", "callDuration exceeds the limit of your plan",
            "User 5511999990001 is not connected",
            "Instance 12345678: phone 5511999990001 is not connected", "Recipient offline", "O contato está offline",
            "Número não conectado ao WhatsApp", "Disconnected number", "The recipient's phone is out of battery",
            "Phone 5511999990001 is not connected to the internet", "This number is banned", "Número banido",
            "Phone is turned off", "The contact's subscription expired", "Contact limit reached for this number",
            "Could not call the phone of this contact", "Whatsapp rejected sending this message to an invalid phone",
            "The phone is valid, the audio is invalid", "The number blocked you: not a valid recipient",
            "callDuration is invalid for this phone", "Check your phone number: invalid phone",
        ])
    func `that names a recipient is about the call`(text: String) {
        #expect(AccountProblem([text]) == nil)
        let reply = Self.reply(400, text)
        #expect(reply.verdict == .refused && reply.subject == .call)
    }

    @Test(arguments: [
        "Phone number does not exist", "Phone 5511999990001 got invalid phone number", "Number is not valid",
        "phone must be digits only: DDI DDD number", "Número inválido",
        "O telefone 5511999990001 não possui WhatsApp", "Recipient is not on WhatsApp", "Destinatário inexistente",
    ])
    func `that the number can never be called is about the number alone, if Z-API says it`(text: String) {
        #expect(AccountProblem([text]) == nil)
        let reply = Self.reply(400, text)
        #expect(reply.verdict == .refused && reply.subject == .number)
        let gateway = Array(#"{"error":"\#(text)","status":400}"#.utf8)
        let table = VerdictTable(now: { Timestamp(milliseconds: 0) }, sanitizer: TextSanitizer())
        let other = table.reply(to: .reply(status: 400, headers: ReplyHeaders(), body: gateway))
        #expect(other.verdict == .refused && other.subject == .call)
    }

    @Test(arguments: ["Oops", "conflict", "Internal error", "Operation failed", "invalid request params", "E1234"])
    func `that is not understood has an unknown subject`(text: String) {
        for status in [400, 404, 409, 422] {
            let reply = Self.reply(status, text)
            #expect(reply.verdict == .refused && reply.subject == .unknown)
        }
        let body = Array(#"{"error":"\#(text)","status":400}"#.utf8)
        let table = VerdictTable(now: { Timestamp(milliseconds: 0) }, sanitizer: TextSanitizer())
        for body in [body, [], Array("<html>".utf8), Array(text.utf8)] {
            let reply = table.reply(to: .reply(status: 400, headers: ReplyHeaders(), body: body))
            #expect(reply.verdict == .refused && reply.subject == .gateway)
        }
    }

    private static func reply(_ status: Int, _ text: String) -> CallReply {
        let table = VerdictTable(now: { Timestamp(milliseconds: 0) }, sanitizer: TextSanitizer())
        return table.reply(
            to: .reply(status: status, headers: ReplyHeaders(), body: Array(#"{"error":"\#(text)"}"#.utf8)))
    }

    @Test func `may name the problem in its second half`() {
        #expect(AccountProblem(["Bad Request", "You are not connected."]) == .disconnected)
        #expect(AccountProblem(["callDuration", "must be at most 15"]) == nil)
    }

    @Test(arguments: [400, 401, 402, 403, 404, 409, 412, 422, 423])
    func `about the account stops or holds the instance, and says what to do`(status: Int) {
        let table = VerdictTable(now: { Timestamp(milliseconds: 0) }, sanitizer: TextSanitizer())
        func reply(_ text: String) -> CallReply {
            let body = Array(#"{"error":"\#(text)"}"#.utf8)
            return table.reply(to: .reply(status: status, headers: ReplyHeaders(), body: body))
        }
        #expect(reply("You are not connected.").verdict == .disconnected)
        #expect(reply("You are not connected.").error?.hasSuffix(" (connect the instance's phone at Z-API)") == true)
        let subscription = reply("You must subscribe to this instance again")
        #expect(subscription.verdict == .misconfigured && subscription.verdict.outcome == .misconfigured)
        #expect(subscription.error?.hasSuffix(" (pay for, renew or unblock the instance at Z-API)") == true)
        #expect(reply("your client-token is not configured").verdict == .misconfigured)
    }
}
