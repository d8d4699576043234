import CampaignCore
import CampaignStore

/// Watches the events that come after a probe.
struct ProbeWatch {
    private static let pause = Duration.milliseconds(200)
    /// More than one call can cause.
    private static let mostEvents = 1000

    let options: GlobalOptions
    /// Z-API's id of the instance that calls.
    let instance: String
    /// The last event before the call.
    private let last: Int64
    private let since: Timestamp

    @inline(never)  // see `RunLoop.open`
    init(options: GlobalOptions, instance: String) throws {
        self.options = options
        self.instance = instance
        last = try options.openReader().latestEvents(limit: 1).first?.id ?? 0
        since = SystemEnvironment.now()
    }

    /// Shows the events that have come since, and those that come within a time.
    ///
    /// - Parameter isStopped: whether the user waits no longer.
    func events(for time: Duration, unless isStopped: () -> Bool) async throws -> [ProbeReport.Event] {
        let begin = SystemEnvironment.clock.now
        var shown: [ProbeReport.Event] = []
        while true {
            for entry in try stored(besides: shown.count) {
                shown.append(entry)
                try options.output.result(Phrase(verbatim: "  ") + entry.line)
            }
            guard !isStopped(), begin.duration(to: SystemEnvironment.clock.now) < time else { return shown }
            try await SystemEnvironment.clock.sleep(for: Self.pause)
        }
    }

    @inline(never)  // see `RunLoop.open`
    private func stored(besides count: Int) throws -> [ProbeReport.Event] {
        let reader = try options.openReader()
        let events = try reader.events(after: last, limit: Self.mostEvents).filter { $0.instance == instance }
        return try events.dropFirst(count).map { event in
            ProbeReport.Event(event, try reader.body(ofEvent: event.id), after: since)
        }
    }
}

/// What a probe has shown.
struct ProbeReport: Encodable {
    struct Event: Encodable {
        var secondsAfter: Double
        var type: String
        var ids: [String]
        var state: EventState
        var remark: EventRemark?
        var body: String?

        init(_ stored: EventEntry, _ content: [UInt8]?, after start: Timestamp) {
            let event = stored.event(content)
            secondsAfter = Double(start.duration(to: stored.receivedAt).components.seconds)
            type = stored.type
            says = event?.phrase ?? Phrase("it cannot be read", "não pode ser lido")
            ids = event?.ids ?? []
            state = stored.state
            remark = stored.remark
            body = content.map { String(decoding: $0, as: UTF8.self) }
            fate = stored.fate
        }

        private var says, fate: Phrase

        /// `+3 s  DeliveryCallback: delivered; applied; ids 3B…, 3EB0…`.
        var line: Phrase {
            let names =
                ids.isEmpty
                ? Phrase("; no id", "; sem id")
                : Phrase(verbatim: "; \(ids.count.noun("id")) \(ids.joined(separator: ", "))")
            return Phrase(verbatim: "+\(Int(secondsAfter)) s  \(type): ") + says + Phrase(verbatim: "; ") + fate + names
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(secondsAfter, forKey: .secondsAfter)
            try container.encode(type, forKey: .type)
            try container.encode(says.english, forKey: .says)
            try container.encode(ids, forKey: .ids)
            try container.encode(state, forKey: .state)
            try container.encodeIfPresent(remark, forKey: .remark)
            try container.encodeIfPresent(body, forKey: .body)
        }

        private enum CodingKeys: CodingKey {
            case secondsAfter, type, says, ids, state, remark, body
        }
    }

    /// The probe's own campaign.
    var campaign: String
    var phone, instance: String
    /// The outcome of the call; nil: it was not placed.
    var outcome: AttemptOutcome?
    /// Why it was not placed, or what Z-API answered.
    var reason: Phrase?
    var zaapId, messageId: String?
    var answer: String?
    var events: [Event]

    /// What became of the call itself.
    var callLine: Phrase {
        let call = Phrase("\(phone) through \(instance)", "\(phone) por \(instance)")
        guard let outcome else {
            return call + Phrase(" was not called: ", " não recebeu a ligação: ")
                + (reason ?? Phrase("see the messages above", "veja as mensagens acima")).withoutPeriod
                + Phrase(verbatim: ".")
        }
        let ids = [zaapId.map { "zaapId \($0)" }, messageId.map { "messageId \($0)" }].compactMap(\.self)
        let facts = [outcome.phrase, reason].compactMap(\.self) + ids.map { Phrase(verbatim: $0) }
        return call + Phrase(verbatim: ": ") + facts.joined(separator: ", ")
    }

    private enum CodingKeys: CodingKey {
        case campaign, phone, instance, outcome, reason, zaapId, messageId, answer, events
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(campaign, forKey: .campaign)
        try container.encode(phone, forKey: .phone)
        try container.encode(instance, forKey: .instance)
        try container.encodeIfPresent(outcome, forKey: .outcome)
        try container.encodeIfPresent(reason?.english, forKey: .reason)
        try container.encodeIfPresent(zaapId, forKey: .zaapId)
        try container.encodeIfPresent(messageId, forKey: .messageId)
        try container.encodeIfPresent(answer, forKey: .answer)
        try container.encode(events, forKey: .events)
    }

    var exit: ExitStatus {
        guard outcome == .accepted else { return outcome == nil ? .notNow : .finishedWithFailures }
        return events.isEmpty ? .finishedWithFailures : .success
    }
}
