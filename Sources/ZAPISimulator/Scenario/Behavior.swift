/// How the simulator answers one send-call.
///
/// Only success and the codes 400, 405 and 415 are documented (Z-API docs, send-call page, read 2026). The rest are
/// ways in which HTTP services behind a gateway are known to misbehave, to test clients against.
package enum Behavior: String, CaseIterable, Codable, Sendable {
    /// Rings and answers with the ids.
    case accept
    /// Rings, and `phone-exists-batch` returns the number with the Brazilian ninth digit added or removed.
    case ninthDigit
    /// Points to another address; nothing rings.
    case redirect
    /// Is too busy once, without saying for how long, then accepts.
    case busy
    /// Fails every time with Z-API's own kind of error.
    case fail
    /// Rings, and answers with more than 64 KiB.
    case oversized
    /// Is throttled twice with a delay in seconds, then accepts.
    case throttle
    /// Is throttled once with an HTTP date, then accepts.
    case throttleByDate
    /// Fails once with Z-API's own kind of error, then accepts.
    case failOnce
    /// Is refused every time.
    case refuse
    /// Has no WhatsApp.
    case noWhatsApp
    /// Rings, but the reply never comes.
    case hang
    /// Loses the connection before the call is accepted.
    case cutBefore
    /// Rings, then loses the connection without a reply.
    case cutAfter
    /// Rings, and answers with a body that is cut short.
    case unreadable
    /// Answers with a gateway's page instead of Z-API's JSON.
    case gatewayPage
    /// Rings, and a gateway gives up and answers with its own 503 page.
    case gatewayBusy
    /// Rings, and a gateway answers 500 with the JSON of its framework.
    case gatewayError
    /// Is refused every time, with a text that names neither a person nor a reason.
    case refuseVaguely
    /// Is refused every time, with the instance's token in the text.
    case tellToken

    /// One sentence: what the caller of send-call sees, and whether the phone rings.
    package var explanation: String {
        switch self {
        case .accept: "rings; 200 with zaapId, messageId and id"
        case .ninthDigit: "rings; 200; phone-exists-batch answers with the ninth digit added or removed"
        case .redirect: "no ring; 302 to another address, every time"
        case .busy: "no ring; 503 with Z-API's own JSON error once, then accepted"
        case .fail: "no ring; 500 with Z-API's own JSON error, every time"
        case .oversized: "rings; 200 with a body of more than 64 KiB"
        case .throttle: "no ring; 429 with Retry-After in seconds twice, then accepted"
        case .throttleByDate: "no ring; 429 with Retry-After as an HTTP date once, then accepted"
        case .failOnce: "no ring; 500 with Z-API's own JSON error once, then accepted"
        case .refuse: "no ring; 400 with a JSON error, every time"
        case .noWhatsApp: "no ring; 400 Phone number does not exist; phone-exists-batch says exists: false"
        case .hang: "rings; no reply until the hang is over, then the connection closes"
        case .cutBefore: "no ring; the connection closes without a reply"
        case .cutAfter: "rings; the connection closes without a reply"
        case .unreadable: "rings; 200 with a body that is not readable JSON"
        case .gatewayPage: "no ring; 502 with a gateway's HTML page"
        case .gatewayBusy: "rings; 503 with a gateway's HTML page"
        case .gatewayError: "rings; 500 with the JSON of a gateway's framework"
        case .refuseVaguely: "no ring; 400 with an error that names no reason, every time"
        case .tellToken: "no ring; 400 with the instance's token in the error; see tokenForm"
        }
    }

    /// Which last two digits of a phone choose which behavior; every other ending is accepted.
    ///
    /// For an identifier such as `999999999999990@lid` the digits before the `@` count.
    package static let digitTable: [(digits: String, behavior: Behavior, description: String)] = endings.map {
        (digits: "\($0.number)", behavior: $0.behavior, description: $0.behavior.explanation)
    }

    private static let endings: [(number: Int, behavior: Behavior)] = [
        (81, .tellToken), (82, .refuseVaguely), (83, .gatewayError), (84, .gatewayBusy), (85, .ninthDigit),
        (86, .redirect), (87, .busy), (88, .fail),
        (89, .oversized),
        (90, .throttle), (91, .throttleByDate), (92, .failOnce), (93, .refuse), (94, .noWhatsApp),
        (95, .hang), (96, .cutBefore), (97, .cutAfter), (98, .unreadable), (99, .gatewayPage),
    ]

    private static let byEnding: [Behavior] = {
        var table = [Behavior](repeating: .accept, count: 100)
        for ending in endings { table[ending.number] = ending.behavior }
        return table
    }()

    /// The behavior that the last two digits of `phone` select.
    static func chosenByDigits(of phone: String) -> Behavior {
        var ending = 0
        for digit in phone.utf8.prefix(while: { $0 != UInt8(ascii: "@") }).suffix(2) {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return .accept }
            ending = ending * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return byEnding[ending]
    }

    /// How many requests for one phone are refused before one is accepted; nil when the behavior never changes.
    var refusalsBeforeAccepting: Int? {
        switch self {
        case .throttle: 2
        case .throttleByDate, .failOnce, .busy: 1
        case .accept, .ninthDigit, .redirect, .fail, .oversized, .refuse, .noWhatsApp, .hang, .cutBefore, .cutAfter,
            .unreadable, .gatewayPage, .gatewayBusy, .gatewayError, .refuseVaguely, .tellToken:
            nil
        }
    }
}
