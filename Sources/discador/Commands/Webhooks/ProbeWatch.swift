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
                try options.output.result("  \(entry.line)")
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
        var type, says: String
        var ids: [String]
        var state: EventState
        var remark: EventRemark?
        var body: String?

        init(_ stored: EventEntry, _ content: [UInt8]?, after start: Timestamp) {
            let event = stored.event(content)
            secondsAfter = Double(start.duration(to: stored.receivedAt).components.seconds)
            type = stored.type
            says = event?.phrase.english ?? "it cannot be read"
            ids = event?.ids ?? []
            state = stored.state
            remark = stored.remark
            body = content.map { String(decoding: $0, as: UTF8.self) }
            fate = stored.fate.english
        }

        private var fate: String

        /// `+3 s  DeliveryCallback: delivered; applied; ids 3B…, 3EB0…`.
        var line: String {
            "+\(Int(secondsAfter)) s  \(type): \(says); \(fate)"
                + (ids.isEmpty ? "; no id" : "; \(ids.count.noun("id")) \(ids.joined(separator: ", "))")
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
    var reason: String?
    var zaapId, messageId: String?
    var answer: String?
    var events: [Event]

    /// What became of the call itself.
    var callLine: String {
        let call = "\(phone) through \(instance)"
        guard let outcome else { return "\(call) was not called: \(reason ?? "see the messages above")." }
        let ids = [zaapId.map { "zaapId \($0)" }, messageId.map { "messageId \($0)" }].compactMap(\.self)
        return "\(call): " + ([outcome.rawValue] + [reason].compactMap(\.self) + ids).joined(separator: ", ")
    }

    var exit: ExitStatus {
        guard outcome == .accepted else { return outcome == nil ? .notNow : .finishedWithFailures }
        return events.isEmpty ? .finishedWithFailures : .success
    }
}
