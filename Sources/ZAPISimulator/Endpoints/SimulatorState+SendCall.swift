import Foundation

extension SimulatorState {
    /// `POST send-call` (Z-API docs, page "Fazer ligação", read 2026): `phone`, digits only, and `callDuration`, up to
    /// 15 seconds and 5 when left out.
    mutating func sendCall(_ body: Data, _ received: LedgerEntry, token: String) -> Exchange {
        var entry = received
        let call: CallRequest
        do {
            call = try CallRequest(body)
        } catch {
            return Exchange(.error(400, error.sentence), entry)
        }
        entry.phone = call.phone
        entry.callDuration = call.duration
        entry.callAudioUrl = call.audioURL
        guard Self.isPhone(call.phone) else {
            entry.phone = String(call.phone.prefix(40))
            return Exchange(.error(400, "phone must be digits only: DDI DDD number"), entry)
        }
        guard (1...15).contains(call.duration) else {
            return Exchange(.error(400, "callDuration must be from 1 to 15 seconds"), entry)
        }
        let (behavior, earlier) = behavior(of: call.phone)
        entry.behavior = behavior
        if behavior == .tellToken {
            let leakedToken = (scenario.tokenForm ?? .plain).written(token)
            return Exchange(.error(400, "Phone refused by /send-call of \(leakedToken)"), entry)
        }
        if let refusal = refusal(behavior, earlier: earlier, entry) { return refusal }
        return accept(call, behavior, entry)
    }

    /// The exchange for a behavior that does not accept the call this time; nil when the behavior accepts it.
    private func refusal(_ behavior: Behavior, earlier: Int, _ entry: LedgerEntry) -> Exchange? {
        if let refusals = behavior.refusalsBeforeAccepting, earlier >= refusals { return nil }
        switch behavior {
        case .accept, .ninthDigit, .oversized, .hang, .cutAfter, .unreadable, .gatewayBusy, .gatewayError, .tellToken:
            return nil
        case .cutBefore:
            return Exchange(silent: .cut, entry)
        case .redirect:
            return Exchange(SimulatorResponse(status: 302, body: "", header: .location("/elsewhere")), entry)
        case .busy:
            return Exchange(.error(503, "Service Unavailable"), entry)
        case .fail, .failOnce:
            return Exchange(.error(500, "Internal error"), entry)
        case .refuse:
            return Exchange(.error(400, "Whatsapp rejected sending this message"), entry)
        case .refuseVaguely:
            return Exchange(.error(400, "Operation failed"), entry)
        case .noWhatsApp:
            return Exchange(.error(400, "Phone number does not exist"), entry)
        case .throttle:
            return Exchange(.error(429, "Too many requests", .retryAfter("\(retryAfterSeconds)")), entry)
        case .throttleByDate:
            // The date has whole seconds: rounding up keeps it from being in the past.
            let date = HTTPDate.text(seconds: (entry.at + 999) / 1_000 + retryAfterSeconds)
            return Exchange(.error(429, "Too many requests", .retryAfter(date)), entry)
        case .gatewayPage:
            return Exchange(Self.page(502, "Bad Gateway"), entry)
        }
    }

    private var retryAfterSeconds: Int64 { (scenario.retryAfter.milliseconds + 999) / 1_000 }

    /// Rings, or holds the call while the instance is disconnected; then responds, or does not.
    private mutating func accept(_ call: CallRequest, _ behavior: Behavior, _ received: LedgerEntry) -> Exchange {
        var entry = received
        let name = entry.instance ?? ""
        if let instance = instances[name], !instance.isConnected, instance.settings.refusesWhileDisconnected {
            return Exchange(.error(400, Self.notConnected), entry)
        }
        let ids = identifiers.next()
        entry.zaapId = ids.zaapId
        entry.messageId = ids.messageId
        var plan: WebhookPlan?
        if let instance = instances[name], !instance.isConnected {
            guard !instance.queue.isFull else { return Exchange(.error(500, "The queue is full"), received) }
            let held = HeldCall(
                identifiers: ids,
                phone: call.phone,
                callDuration: call.duration,
                audioURL: call.audioURL,
                behavior: behavior,
                created: entry.at
            )
            instances[name]?.queue.hold(.call(held))
            entry.queued = true
        } else {
            plan = ring(&entry)
        }
        var exchange = reply(to: behavior, ids, entry)
        exchange.plan = plan
        return exchange
    }

    /// The reply to a call that was accepted.
    private func reply(to behavior: Behavior, _ ids: CallIdentifiers, _ entry: LedgerEntry) -> Exchange {
        switch behavior {
        case .hang:
            return Exchange(silent: .hang, entry)
        case .cutAfter:
            return Exchange(silent: .cut, entry)
        case .unreadable:
            return Exchange(SimulatorResponse(status: 200, body: "{\"zaapId\":\"\(ids.zaapId.prefix(9))"), entry)
        case .oversized:
            return Exchange(SimulatorResponse(status: 200, body: Self.ids(ids, padding: 80 * 1_024)), entry)
        case .gatewayBusy:
            return Exchange(Self.page(503, "Service Unavailable"), entry)
        case .gatewayError:
            let body = #"{"timestamp":\#(entry.at),"status":500,"error":"Internal Server Error","path":"/send-call"}"#
            return Exchange(SimulatorResponse(status: 500, body: body), entry)
        case .accept, .ninthDigit, .redirect, .busy, .fail, .throttle, .throttleByDate, .failOnce, .refuse, .noWhatsApp,
            .cutBefore, .gatewayPage, .refuseVaguely, .tellToken:
            return Exchange(SimulatorResponse(status: 200, body: Self.ids(ids)), entry)
        }
    }

    /// A page of a gateway.
    private static func page(_ status: Int, _ title: String) -> SimulatorResponse {
        let page = "<html><head><title>\(status) \(title)</title></head><body>\(title)</body></html>\n"
        return SimulatorResponse(status: status, body: page, contentType: "text/html")
    }

    private static func ids(_ ids: CallIdentifiers, padding: Int = 0) -> String {
        let blanks = String(repeating: " ", count: padding)
        return "{\(blanks)\"zaapId\":\"\(ids.zaapId)\",\"messageId\":\"\(ids.messageId)\",\"id\":\"\(ids.messageId)\"}"
    }

    /// 8 to 15 digits that do not begin with 0, or an identifier such as `999999999999999@lid`.
    static func isPhone(_ phone: String) -> Bool {
        let isIdentifier = phone.hasSuffix("@lid")
        let digits = isIdentifier ? phone.dropLast(4).utf8 : phone[...].utf8
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return false }
        return isIdentifier
            ? (1...20).contains(digits.count) : (8...15).contains(digits.count) && digits.first != UInt8(ascii: "0")
    }
}
