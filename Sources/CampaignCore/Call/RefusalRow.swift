/// What a refusal is about, as far as its text tells.
package enum RefusalSubject: Hashable, Sendable {
    /// This very call: its number, or what it was asked for with.
    case call
    /// Nobody knows: Z-API's own text speaks neither of the call nor of the instance.
    case unknown
    /// Nobody knows, and it was not Z-API that said so.
    case gateway
}

/// The refusals of one instance that may be its own fault, since it last placed a call.
///
/// One such refusal fails its contact. Where several contacts are refused one after another, it is the instance: it is
/// used no more, and whoever is refused after that for no known reason keeps his place. A list that fails for nothing is
/// worse than a run that stops for nothing. What a gateway says puts nobody back, since the call may be on its way all
/// the same.
package struct RefusalRow: Hashable, Sendable {
    /// Contacts that are refused in the same words before it is the instance.
    package static let maxAlike = 3
    /// Contacts that are refused in whatever words before it is the instance.
    package static let maxInARow = 6
    /// Contacts that are refused in the same words before it is the instance, where the words are about the call: “phone”
    /// may be the account's own. A list whose numbers are all bad is stopped too, and the next run goes on with it.
    package static let maxAboutCall = 10
    /// Texts about calls that are kept apart. Beyond them the count begins anew: it is not one trouble.
    private static let maxTexts = 20

    /// Why the instance is used no more; nil while it may be the contacts.
    package private(set) var reason: String?
    /// Why an earlier run used the instance no more, and the words of it; nil when it did not, or a call was accepted since.
    private var earlier: String?
    private var earlierWords = ""
    /// The contacts by what was said, without its numbers: where it explains nothing, and where it is about the call.
    private var unexplained: [String: Set<Int64>] = [:]
    private var aboutCall: [String: Set<Int64>] = [:]

    /// No refusal yet.
    package init() {}

    /// The row that an earlier run has left behind: one further refusal ends it, and not as many as at first. Else a run
    /// from cron would fail some more contacts each time.
    ///
    /// - Parameter condition: why the instance was not in use when a run last looked, as ``kept(_:)`` made it.
    package init(leftIn condition: String?) {
        guard let condition, let mark = condition.ranges(of: Self.mark).last else { return }
        let before = condition[..<mark.lowerBound]
        let start = before.ranges(of: Self.before).last?.upperBound ?? before.startIndex
        earlier = String(condition[start...])
        earlierWords = Self.words(String(before[start...]))
    }

    /// Whether the instance is tried with a single call at a time, since an earlier run left it with such a row.
    package var isOnTrial: Bool { earlier != nil && reason == nil }

    /// Why the instance is not in use, with the row that an earlier run has left and that is not over.
    package func kept(_ why: String) -> String {
        guard isOnTrial, let earlier else { return why }
        return why + Self.before + earlier
    }

    /// Whether a reason tells of such a row.
    package static func isTold(in reason: String) -> Bool { reason.contains(mark) }

    private static let mark = " (said of several contacts in a row"
    private static let before = "; before that: "

    /// Takes in how a call ended.
    ///
    /// - Returns: the reply with what it means, those before it considered.
    package mutating func judge(_ reply: CallReply, of contact: Int64) -> CallReply {
        switch reply.verdict {
        case .accepted:
            self = RefusalRow()
            return reply
        case .refused:
            return judge(refusal: reply, of: contact)
        // None of these says whether the instance places calls.
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
            case .call: isRow(aboutCall: words, of: contact)
            case .unknown, .gateway: isRow(unexplained: words, of: contact)
            }
        let isAgain = isOnTrial && (words == earlierWords || reply.subject != .call)
        if isInstance || isAgain {
            reason = "\(reply.error ?? "no reason given")\(Self.mark): see at Z-API what is wrong with the instance)"
        }
        return reply
    }

    private mutating func isRow(unexplained words: String, of contact: Int64) -> Bool {
        unexplained[words, default: []].insert(contact)
        return unexplained.values.contains { $0.count >= Self.maxAlike }
            || unexplained.values.reduce(0) { $0 + $1.count } >= Self.maxInARow
    }

    private mutating func isRow(aboutCall words: String, of contact: Int64) -> Bool {
        if aboutCall[words] == nil, aboutCall.count == Self.maxTexts { aboutCall.removeAll() }
        aboutCall[words, default: []].insert(contact)
        return aboutCall.values.contains { $0.count >= Self.maxAboutCall }
    }

    /// What is the same for every contact: the words of a text without numbers, ids and case.
    private static func words(_ text: String) -> String {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.filter { !$0.contains(where: \.isNumber) }
            .joined(separator: " ")
    }
}
