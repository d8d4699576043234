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
        ] as [(String, AccountTrouble)]
    ) func `about the account is known in whatever words`(text: String, trouble: AccountTrouble) {
        #expect(AccountTrouble([text]) == trouble)
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
            "Message could not be queued", "Instance", "session", "token", "Connected",
        ])
    func `about this call leaves the instance alone`(text: String) {
        #expect(AccountTrouble([text]) == nil)
    }

    @Test func `may say it in its second half`() {
        #expect(AccountTrouble(["Bad Request", "You are not connected."]) == .disconnected)
        #expect(AccountTrouble(["callDuration", "must be at most 15"]) == nil)
    }

    @Test(arguments: [400, 401, 402, 403, 404, 409, 412, 422, 423])
    func `about the account stops or holds the instance, and says what to do`(status: Int) {
        let table = VerdictTable(now: { Timestamp(milliseconds: 0) }, outside: OutsideText())
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
