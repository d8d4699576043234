extension Scenario: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case instances, clientToken, seed, choice, rates, latency, hang, retryAfter, disconnections,
            queueShowsCalls, messages, tokenForm, account, callsContract, dispositions, timeScale, faults, lateBy,
            webhookRepeats
    }

    /// Reads a scenario; missing keys take their defaults, unknown ones are errors.
    package init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(except: CodingKeys.self)
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        self.init()
        instances = try keys.decodeIfPresent([Instance].self, forKey: .instances)
        clientToken = try keys.decodeIfPresent(String.self, forKey: .clientToken)
        if let given = try keys.decodeIfPresent(StrictSeed.self, forKey: .seed) { seed = given.seed }
        choice = try keys.decodeIfPresent(StrictName<Choice>.self, forKey: .choice)?.name ?? choice
        rates = try keys.decodeIfPresent(StrictRates<Behavior>.self, forKey: .rates)?.rates ?? rates
        latency = try keys.decodeIfPresent(StrictLatency.self, forKey: .latency)?.range ?? latency
        hang = try keys.decodeIfPresent(DurationText.self, forKey: .hang)?.duration ?? hang
        retryAfter = try keys.decodeIfPresent(DurationText.self, forKey: .retryAfter)?.duration ?? retryAfter
        disconnections = try keys.decodeIfPresent([Disconnection].self, forKey: .disconnections) ?? disconnections
        queueShowsCalls = try keys.decodeIfPresent(Bool.self, forKey: .queueShowsCalls) ?? queueShowsCalls
        messages = try keys.decodeIfPresent([Message].self, forKey: .messages) ?? messages
        tokenForm = try keys.decodeIfPresent(StrictName<TokenForm>.self, forKey: .tokenForm)?.name
        try decodeWebhooks(keys)
        for (key, sum) in [(CodingKeys.rates, rates.values.sum), (.dispositions, dispositions.values.sum)] {
            guard sum > 1 + 1e-9 else { continue }
            throw DecodingError.dataCorruptedError(
                forKey: key, in: keys, debugDescription: "the rates add up to more than 1")
        }
        if choice == .digits, !rates.isEmpty {
            throw DecodingError.dataCorruptedError(
                forKey: .rates,
                in: keys,
                debugDescription: "rates are used only with \"choice\": \"rates\""
            )
        }
    }

    private mutating func decodeWebhooks(_ keys: KeyedDecodingContainer<CodingKeys>) throws {
        account = try keys.decodeIfPresent(Account.self, forKey: .account) ?? account
        callsContract = try keys.decodeIfPresent(Bool.self, forKey: .callsContract) ?? callsContract
        dispositions =
            try keys.decodeIfPresent(StrictRates<Disposition>.self, forKey: .dispositions)?.rates ?? dispositions
        timeScale = try keys.decodeIfPresent(Double.self, forKey: .timeScale) ?? timeScale
        faults = try keys.decodeIfPresent(StrictRates<WebhookFault>.self, forKey: .faults)?.rates ?? faults
        lateBy = try keys.decodeIfPresent(DurationText.self, forKey: .lateBy)?.duration ?? lateBy
        webhookRepeats = try keys.decodeIfPresent(Int.self, forKey: .webhookRepeats) ?? webhookRepeats
        guard (0...100).contains(timeScale) else {
            throw DecodingError.dataCorruptedError(
                forKey: .timeScale, in: keys, debugDescription: "it must be from 0 (at once) to 100")
        }
        guard (0...10).contains(webhookRepeats) else {
            throw DecodingError.dataCorruptedError(
                forKey: .webhookRepeats, in: keys, debugDescription: "it must be from 0 to 10")
        }
    }

    /// Writes every key that has a value, so that the result can serve as a template.
    package func encode(to encoder: any Encoder) throws {
        var keys = encoder.container(keyedBy: CodingKeys.self)
        try keys.encodeIfPresent(instances, forKey: .instances)
        try keys.encodeIfPresent(clientToken, forKey: .clientToken)
        try keys.encodeIfPresent(givenSeed, forKey: .seed)
        try keys.encode(choice, forKey: .choice)
        if choice == .rates {
            try keys.encode(rates.byName, forKey: .rates)
        }
        var range = keys.nestedContainer(keyedBy: LatencyKeys.self, forKey: .latency)
        try range.encode(DurationText(latency.lowerBound), forKey: .from)
        try range.encode(DurationText(latency.upperBound), forKey: .to)
        try keys.encode(DurationText(hang), forKey: .hang)
        try keys.encode(DurationText(retryAfter), forKey: .retryAfter)
        try keys.encode(disconnections, forKey: .disconnections)
        try keys.encode(queueShowsCalls, forKey: .queueShowsCalls)
        try keys.encode(messages, forKey: .messages)
        try keys.encodeIfPresent(tokenForm, forKey: .tokenForm)
        try keys.encode(account, forKey: .account)
        try keys.encode(callsContract, forKey: .callsContract)
        try keys.encode(dispositions.byName, forKey: .dispositions)
        try keys.encode(timeScale, forKey: .timeScale)
        try keys.encode(faults.byName, forKey: .faults)
        try keys.encode(DurationText(lateBy), forKey: .lateBy)
        try keys.encode(webhookRepeats, forKey: .webhookRepeats)
    }
}

extension Sequence<Double> {
    fileprivate var sum: Double { reduce(0, +) }
}

extension Dictionary where Key: RawRepresentable<String>, Value == Double {
    fileprivate var byName: [String: Double] {
        Dictionary<String, Double>(uniqueKeysWithValues: map { ($0.key.rawValue, $0.value) })
    }
}

extension Scenario.Account: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case due, paymentStatus, callRejectAuto
    }

    /// Reads `{"due": 1796083200, "paymentStatus": "PAID", "callRejectAuto": false}`; unknown keys are errors.
    package init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(except: CodingKeys.self)
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        self.init()
        due = try keys.decodeIfPresent(Int64.self, forKey: .due)
        paymentStatus = try keys.decodeIfPresent(String.self, forKey: .paymentStatus) ?? paymentStatus
        callRejectAuto = try keys.decodeIfPresent(Bool.self, forKey: .callRejectAuto) ?? callRejectAuto
    }

    /// Writes the same keys.
    package func encode(to encoder: any Encoder) throws {
        var keys = encoder.container(keyedBy: CodingKeys.self)
        try keys.encodeIfPresent(due, forKey: .due)
        try keys.encode(paymentStatus, forKey: .paymentStatus)
        try keys.encode(callRejectAuto, forKey: .callRejectAuto)
    }
}

extension Scenario.Instance: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id, token
    }

    /// Reads `{"id": "A", "token": "…"}`; unknown keys are errors.
    package init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(except: CodingKeys.self)
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        self.init(id: try keys.decode(String.self, forKey: .id), token: try keys.decode(String.self, forKey: .token))
    }

    /// Writes the same two keys.
    package func encode(to encoder: any Encoder) throws {
        var keys = encoder.container(keyedBy: CodingKeys.self)
        try keys.encode(id, forKey: .id)
        try keys.encode(token, forKey: .token)
    }
}

extension Scenario.Message: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case instance, phone, text
    }

    /// Reads `{"instance": "A", "phone": "5511999999999", "text": "…"}`; unknown keys are errors.
    package init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(except: CodingKeys.self)
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            instance: try keys.decode(String.self, forKey: .instance),
            phone: try keys.decode(String.self, forKey: .phone),
            text: try keys.decode(String.self, forKey: .text))
    }

    /// Writes the same three keys.
    package func encode(to encoder: any Encoder) throws {
        var keys = encoder.container(keyedBy: CodingKeys.self)
        try keys.encode(instance, forKey: .instance)
        try keys.encode(phone, forKey: .phone)
        try keys.encode(text, forKey: .text)
    }
}

extension Scenario.Disconnection: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case instance, after
        case lasting = "for"
    }

    /// Reads `{"instance": "A", "after": "10s", "for": "5s"}`; unknown keys are errors.
    package init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(except: CodingKeys.self)
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            instance: try keys.decode(String.self, forKey: .instance),
            after: try keys.decode(DurationText.self, forKey: .after).duration,
            lasting: try keys.decode(DurationText.self, forKey: .lasting).duration
        )
    }

    /// Writes the same three keys.
    package func encode(to encoder: any Encoder) throws {
        var keys = encoder.container(keyedBy: CodingKeys.self)
        try keys.encode(instance, forKey: .instance)
        try keys.encode(DurationText(after), forKey: .after)
        try keys.encode(DurationText(lasting), forKey: .lasting)
    }
}
