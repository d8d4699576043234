import Foundation

/// Everything the simulator remembers, and the rules by which it responds. It does not wait and has no clock.
struct SimulatorState: Sendable {
    /// What is remembered about one instance.
    struct Instance: Sendable {
        var isConnected = true
        /// How often it was disconnected; distinguishes the end of one disconnection from the end of the next.
        var disconnections = 0
        var queue = InstanceQueue()
        var settings = InstanceSettings()
    }

    /// What is done with a request.
    struct Answer: Sendable {
        var action: ResponseAction
        /// How long the response waits.
        var latency: Duration
        /// What the webhooks tell after the response.
        var plan: WebhookPlan?
    }

    let scenario: Scenario
    let rates: BehaviorRates
    let dispositions: ShareLadder<Disposition>
    let faults: WebhookFaults
    var ledger: Ledger
    var identifiers: IdentifierSequence
    /// Separate ones, so that messages do not change the ids of calls.
    var messageIdentifiers: IdentifierSequence
    var instances: [String: Instance] = [:]
    /// How many send-calls each phone has had; only for phones whose behavior depends on it.
    var requestsByPhone: [String: Int] = [:]
    /// How many calls each phone has had that the webhooks tell about.
    var toldByPhone: [String: Int] = [:]
    /// How many those are together; continues the number of lines of an existing ledger.
    var calls: Int

    init(scenario: Scenario, ledger: Ledger, idSeed: UInt64? = nil) {
        self.scenario = scenario
        self.ledger = ledger
        rates = BehaviorRates(seed: scenario.seed, rates: scenario.choice == .rates ? scenario.rates : [:])
        dispositions = ShareLadder(scenario.dispositions)
        faults = WebhookFaults(seed: scenario.seed, rates: scenario.faults, lateBy: scenario.lateBy)
        calls = ledger.count
        let idSeed = idSeed ?? scenario.seed
        identifiers = IdentifierSequence(seed: idSeed, skipping: ledger.count)
        messageIdentifiers = IdentifierSequence(seed: ~idSeed)
    }

    /// Decides about `request`, and writes its ledger entry before returning. Throws when the ledger cannot be written.
    mutating func respond(
        to request: IncomingRequest, at now: Int64
    ) throws -> Answer {
        let exchange = exchange(for: request, at: now)
        try ledger.append([exchange.entry])
        let isCall = exchange.entry.endpoint == Endpoint.sendCall.name
        return Answer(
            action: exchange.action,
            latency: isCall ? scenario.latency(ofRequest: ledger.count) : .zero,
            plan: exchange.plan
        )
    }

    /// The rules in the order in which they are checked: path, instance, client token, endpoint, verb, content type.
    private mutating func exchange(for request: IncomingRequest, at now: Int64) -> Exchange {
        var entry = LedgerEntry(at: now, method: request.method, endpoint: "unknown")
        guard let route = Route(path: request.path) else { return Exchange(.error(404, "Not found"), entry) }
        entry.endpoint = route.endpoint?.name ?? entry.endpoint
        guard exists(route) else { return Exchange(.error(404, "Instance not found"), entry) }
        entry.instance = route.instance
        if let expected = scenario.clientToken {
            guard let given = request.clientToken else { return Exchange(.error(403, "null not allowed"), entry) }
            guard given == expected else { return Exchange(.error(403, "Client-Token not allowed"), entry) }
        }
        guard let endpoint = route.endpoint else { return Exchange(.error(404, "Not found"), entry) }
        guard endpoint.verbs.contains(request.method) else {
            let verbs = endpoint.verbs.joined(separator: ", ")
            return Exchange(.error(405, "Method Not Allowed", .allow(verbs)), entry)
        }
        if request.method == "POST" || request.method == "PUT" {
            guard Self.isJSON(request.contentType) else {
                return Exchange(.error(415, "Unsupported Media Type"), entry)
            }
        }
        guard let body = request.body else { return Exchange(.error(413, "Payload Too Large"), entry) }
        return exchange(at: endpoint, of: route, body, entry)
    }

    private mutating func exchange(
        at endpoint: Endpoint,
        of route: Route,
        _ body: Data,
        _ entry: LedgerEntry
    ) -> Exchange {
        let instance = route.instance
        switch endpoint {
        case .sendCall:
            return sendCall(body, entry, token: route.token)
        case .queue where entry.method == "DELETE":
            instances[instance, default: Instance()].queue.removeAll()
            return Exchange(.json(["value": true]), entry)
        case .queue:
            return Exchange(queuePage(body, of: route), entry)
        case .queueItem(let zaapId):
            return removeFromQueue(zaapId, entry)
        case .status:
            return Exchange(status(of: instance), entry)
        case .me:
            return Exchange(me(route, at: entry.at), entry)
        case .phoneExists(let phone):
            return Exchange(phoneExists(phone), entry)
        case .phoneExistsBatch:
            return Exchange(phoneExistsBatch(body), entry)
        case .updateWebhook(let kind):
            return Exchange(updateWebhook(kind, body, of: instance), entry)
        case .updateNotifySentByMe:
            return Exchange(updateNotifySentByMe(body, of: instance), entry)
        case .updateFilters:
            return Exchange(updateFilters(body, of: instance), entry)
        case .updateQueueSettings:
            return Exchange(updateQueueSettings(body, of: instance), entry)
        }
    }

    private func exists(_ route: Route) -> Bool {
        guard let known = scenario.instances else { return true }
        return known.contains { $0.id == route.instance && $0.token == route.token }
    }

    private static func isJSON(_ contentType: String?) -> Bool {
        guard let contentType else { return false }
        if contentType == "application/json" { return true }
        let mediaType = contentType.prefix { $0 != ";" }
        return mediaType.lowercased().filter { $0 != " " } == "application/json"
    }

    /// What `phone` does with its next send-call, and how many it has had before.
    mutating func behavior(of phone: String) -> (behavior: Behavior, earlier: Int) {
        switch scenario.choice {
        case .digits:
            let behavior = Behavior.chosenByDigits(of: phone)
            guard behavior.refusalsBeforeAccepting != nil else { return (behavior, 0) }
            return (behavior, countRequest(of: phone))
        case .rates:
            guard rates.isUsed else { return (.accept, 0) }
            return (rates.behavior(phone: phone, request: countRequest(of: phone)), 0)
        }
    }

    private mutating func countRequest(of phone: String) -> Int {
        let earlier = requestsByPhone[phone, default: 0]
        requestsByPhone[phone] = earlier + 1
        return earlier
    }
}
