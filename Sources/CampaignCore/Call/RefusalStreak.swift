/// What a refusal is about, according to its text.
package enum RefusalSubject: Hashable, Sendable {
    /// This call: its number or its parameters.
    case call
    /// This call's number alone, in Z-API's own words: no call to it can be placed.
    case number
    /// Unknown: Z-API's own text mentions neither the call nor the instance.
    case unknown
    /// Unknown, and the text does not come from Z-API.
    case gateway
}

/// The refusals in a row of one instance, since it last placed a call, that may be the instance's own fault.
///
/// One such refusal fails its contact. If several contacts are refused in a row, the instance is to blame: it is no
/// longer used, and contacts refused after that for no known reason are requeued. Stopping a run needlessly is better
/// than failing a list needlessly. A gateway's refusal requeues no contact, since the call may be on its way anyway.
package struct RefusalStreak: Hashable, Sendable {
    /// How many contacts in a row must be refused in the same words for the instance to be at fault.
    package static let maxAlike = 3
    /// How many contacts in a row must be refused in any words for the instance to be at fault.
    package static let maxInARow = 6
    /// The same for identical words about the call, since “phone” may be the account's own. A list whose numbers are
    /// all bad is stopped too; the next run continues with it.
    package static let maxAboutCall = 10
    /// How many texts about calls are counted separately. With more, the count starts over: they are not one problem.
    private static let maxTexts = 20

    /// Why the instance is no longer used; nil while the contacts may be to blame.
    package private(set) var reason: String?
    /// Why an earlier run stopped using the instance; nil when it did not, or a call has been accepted since.
    private var earlier: String?
    private var earlierWords = ""
    /// The contacts by the words of the reply without its numbers: of unexplained refusals, and of those about calls.
    private var unexplained: [String: Set<Int64>] = [:]
    private var aboutCall: [String: Set<Int64>] = [:]

    package init() {}

    /// The streak that an earlier run ended with: one more refusal is enough this time. Otherwise a run started by cron
    /// would fail a few more contacts each time.
    ///
    /// - Parameter condition: why the instance was not in use when a run last checked, as written by ``kept(_:)``.
    package init(leftIn condition: String?) {
        guard let condition, let mark = condition.ranges(of: Self.mark).last else { return }
        let before = condition[..<mark.lowerBound]
        let start = before.ranges(of: Self.before).last?.upperBound ?? before.startIndex
        earlier = String(condition[start...])
        earlierWords = Self.words(String(before[start...]))
    }

    /// Whether the instance is tried with a single call at a time, because an earlier run ended with such a streak.
    package var isOnTrial: Bool { earlier != nil && reason == nil }

    /// Adds to the reason why the instance is not in use that an earlier run's streak is not over.
    package func kept(_ why: String) -> String {
        guard isOnTrial, let earlier else { return why }
        return why + Self.before + earlier
    }

    /// Whether a reason records such a streak.
    package static func isRecorded(in reason: String) -> Bool { reason.contains(mark) }

    private static let mark = " (for several contacts in a row"
    private static let before = "; before that: "

    /// Judges the reply to a call.
    ///
    /// - Returns: the reply, with its verdict adjusted to the replies before it.
    package mutating func judge(_ reply: CallReply, of contact: Int64) -> CallReply {
        switch reply.verdict {
        case .accepted:
            self = RefusalStreak()
            return reply
        case .refused:
            return judge(refusal: reply, of: contact)
        // None of these shows whether the instance places calls.
        case .inDoubt, .notSent, .heldBack, .throttled, .misconfigured, .disconnected:
            return reply
        }
    }

    private mutating func judge(refusal reply: CallReply, of contact: Int64) -> CallReply {
        guard reason == nil else {
            var judged = reply
            if reply.subject == .unknown { judged.verdict = .misconfigured }
            return judged
        }
        let words = Self.words(reply.error ?? "")
        let isInstance =
            switch reply.subject {
            case .call, .number: isStreak(aboutCall: words, of: contact)
            case .unknown, .gateway: isStreak(unexplained: words, of: contact)
            }
        let isAboutCall = reply.subject == .call || reply.subject == .number
        let isAgain = isOnTrial && (words == earlierWords || !isAboutCall)
        if isInstance || isAgain {
            reason = "\(reply.error ?? "no reason given")\(Self.mark): check the instance at Z-API)"
        }
        return reply
    }

    private mutating func isStreak(unexplained words: String, of contact: Int64) -> Bool {
        unexplained[words, default: []].insert(contact)
        return unexplained.values.contains { $0.count >= Self.maxAlike }
            || unexplained.values.reduce(0) { $0 + $1.count } >= Self.maxInARow
    }

    private mutating func isStreak(aboutCall words: String, of contact: Int64) -> Bool {
        if aboutCall[words] == nil, aboutCall.count == Self.maxTexts { aboutCall.removeAll() }
        aboutCall[words, default: []].insert(contact)
        return aboutCall.values.contains { $0.count >= Self.maxAboutCall }
    }

    /// What is the same for every contact: the lowercased words of a text, without numbers and ids.
    private static func words(_ text: String) -> String {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.filter { !$0.contains(where: \.isNumber) }
            .joined(separator: " ")
    }
}
