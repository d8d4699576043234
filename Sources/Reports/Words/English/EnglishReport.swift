import CampaignCore

/// The words of reports in English.
struct EnglishReport: ReportWords {
    let language = Language.english
    let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    func heading(_ column: ReportColumn) -> String {
        switch column {
        case .phone: "Phone"
        case .state: "State"
        case .reason: "Reason"
        case .attempts: "Attempts"
        case .zaapId: "Z-API id"
        case .messageId: "WhatsApp id"
        case .httpStatus: "HTTP status"
        case .error: "Error"
        case .instance: "Instance"
        case .firstAttemptAt: "First attempt"
        case .lastAttemptAt: "Last attempt"
        case .delivery: "Delivery"
        case .deliveryError: "Delivery error"
        case .answer: "Answer"
        case .answeredAt: "Answered at"
        case .calledBackAt: "Called back at"
        case .repliedAt: "Replied at"
        case .attempt: "Attempt"
        case .startedAt: "Started at"
        case .endedAt: "Ended at"
        case .outcome: "Outcome"
        case .latencyMs: "Latency (ms)"
        case .rejectedFile: "List"
        case .rejectedLine: "Line"
        case .rejectedReason: "Why rejected"
        case .rejectedSuggestion: "What to do"
        case .raw: "Row"
        case .rawBase64: "Row (Base64)"
        case .file: "List"
        case .line: "Line"
        case .firstFile: "First in list"
        case .firstLine: "First on line"
        }
    }

    func state(_ state: CallState) -> String {
        switch state {
        case .ready: "waiting"
        case .dialing: "being dialed"
        case .accepted: "accepted"
        case .failed: "failed"
        case .inDoubt: "in doubt"
        case .excluded: "excluded"
        }
    }

    func outcome(_ outcome: AttemptOutcome) -> String {
        switch outcome {
        case .accepted: "accepted"
        case .inDoubt: "in doubt"
        case .notSent: "not sent"
        case .throttled: "throttled"
        case .refused: "refused"
        case .misconfigured: "account problem"
        case .serverError: "server error"
        }
    }

    func answer(_ answer: Answer) -> String {
        switch answer {
        case .answered: "answered"
        case .notAnswered: "not answered"
        }
    }

    func delivery(_ delivery: Delivery) -> String {
        switch delivery {
        case .delivered: "delivered"
        case .failed: "failed"
        case .unknown: "unknown"
        }
    }

    func exclusion(_ reason: ExclusionReason) -> String {
        switch reason {
        case .doNotCall: "on the do-not-call list"
        case .noWhatsApp: "no WhatsApp account"
        case .sameWhatsApp: "called as another contact, with the same number or WhatsApp account"
        case .samePerson: "called as another contact already"
        case .cancelled: "campaign cancelled"
        case .expired: "campaign expired"
        case .notListed: "no longer in the list"
        case .held: "reply waits for a decision"
        case .unanswered: "did not answer too often in a row"
        }
    }

    func failure(_ reason: FailureReason) -> String {
        switch reason {
        case .refused: "refused by Z-API"
        case .attemptsUsedUp: "all attempts used"
        case .throttledTooOften: "throttled too often"
        case .noWhatsApp: "no WhatsApp account"
        case .notQueued: "not queued by Z-API"
        case .rejectedByWhatsApp: "WhatsApp rejected the call"
        case .shadowBan: "instance restricted by WhatsApp"
        case .badAudio: "audio cannot be played"
        case .badRequest: "request not accepted"
        case .other: "other delivery error"
        }
    }

    func doubt(_ reason: DoubtReason) -> String {
        switch reason {
        case .unreadableReply: "reply without an id"
        case .noReply: "no reply"
        case .gatewayError: "server or gateway error"
        case .interrupted: "interrupted"
        case .deliveryUnknown: "delivery unknown"
        }
    }

    func duplicate(_ reason: DuplicateReason) -> String {
        switch reason {
        case .repeated: "earlier in the same list"
        case .alreadyInCampaign: "in the campaign already"
        case .calledRecently: "called recently by another campaign"
        }
    }

    func number(_ number: Int) -> String { grouped(number, by: ",") }

    func percent(tenths: Int) -> String { "\(tenths / 10).\(tenths % 10)%" }

    func span(milliseconds: Int64) -> String {
        let isWhole = milliseconds < 60_000 && milliseconds.isMultiple(of: 1000)
        return isWhole ? "\(milliseconds / 1000) s" : Figures.span(milliseconds: milliseconds)
    }

    func moment(iso: Substring, withSeconds: Bool) -> String {
        "\(iso.prefix(10)) \(iso.dropFirst(11).prefix(withSeconds ? 8 : 5))"
    }

    func day(iso: Substring) -> String { String(iso.prefix(10)) }
}
