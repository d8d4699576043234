import CampaignCore
import Foundation

/// What each reply to `send-call` means: the one table there is.
///
/// Sources: developer.z-api.io (codes 200, 400, 405, 415; `{"error": "… not allowed"}`; read 2026) and RFC 9110 for the
/// codes that Z-API does not document. What is not known to be harmless is a doubt.
struct VerdictTable {
    /// The longest error text that is kept, in characters.
    static let longestError = 300

    /// For a Retry-After that is a date.
    let now: @Sendable () -> Timestamp
    /// Takes secrets out of what Z-API says.
    let redact: @Sendable (String) -> String

    /// What `outcome` means for the call.
    func reply(to outcome: WireOutcome) -> CallReply {
        switch outcome {
        case .neverLeft(let text):
            CallReply(verdict: .notSent, error: tidy(text))
        case .lost(let text):
            CallReply(verdict: .inDoubt(.noReply), error: tidy(text))
        case .tooLarge(let status, let retryAfter):
            judge(status, ZAPIBody(), retryAfter, error: "the reply is larger than 64 KiB")
        case .reply(let status, let retryAfter, let bytes):
            judge(status, ZAPIBody(bytes), retryAfter, error: nil)
        }
    }

    private func judge(_ status: Int, _ body: ZAPIBody, _ retryAfter: String?, error: String?) -> CallReply {
        let text = body.error ?? error
        return switch status {
        case 200..<300:
            if let receipt = body.receipt {
                CallReply(verdict: .accepted(receipt), httpStatus: status)
            } else {
                CallReply(
                    verdict: .inDoubt(.unreadableReply), httpStatus: status,
                    error: tidy(text ?? "the reply has no zaapId"))
            }
        case 429, 503, 408, 425:
            CallReply(
                verdict: .throttled(retryAfter: RetryAfter(retryAfter, now: now())?.wait), httpStatus: status,
                error: tidy(text ?? "asked to come back later"))
        case 401, 403, 405, 415:
            CallReply(verdict: .misconfigured, httpStatus: status, error: tidy(text ?? Self.hint(status)))
        case 404 where body.error == nil || body.mentions("instance"):
            CallReply(verdict: .misconfigured, httpStatus: status, error: tidy(text ?? Self.hint(status)))
        case 400..<500 where body.endsWithNotAllowed:
            CallReply(verdict: .misconfigured, httpStatus: status, error: tidy(text ?? Self.hint(status)))
        case 400..<500:
            CallReply(verdict: .refused, httpStatus: status, error: tidy(text ?? "refused without a reason"))
        case 502, 504:
            CallReply(
                verdict: .inDoubt(.gatewayError), httpStatus: status, error: tidy(text ?? "a gateway answered"))
        case 500..<600 where body.error != nil:
            CallReply(verdict: .refusedForNow, httpStatus: status, error: tidy(text ?? ""))
        case 500..<600:
            CallReply(
                verdict: .inDoubt(.gatewayError), httpStatus: status,
                error: tidy(text ?? "an error page that is not Z-API's"))
        case 300..<400:
            // Never followed: a redirected POST becomes a GET, and another host would learn the token.
            CallReply(verdict: .misconfigured, httpStatus: status, error: "a redirect; check baseURL")
        default:
            CallReply(verdict: .inDoubt(.unreadableReply), httpStatus: status, error: tidy(text ?? "no HTTP answer"))
        }
    }

    private static func hint(_ status: Int) -> String {
        switch status {
        case 401, 403: "access denied; check the token and the client token"
        case 404: "no such instance; check its id and token, and baseURL"
        case 405: "method not allowed; check baseURL"
        default: "content type refused; check baseURL"
        }
    }

    /// One line, without secrets, of bounded length.
    func tidy(_ text: String) -> String {
        let line = redact(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count <= Self.longestError ? line : line.prefix(Self.longestError) + "…"
    }
}

/// What is read of a reply's body.
struct ZAPIBody {
    /// The ids, when there is a zaapId.
    private(set) var receipt: CallReceipt?
    /// Z-API's own error text.
    private(set) var error: String?

    private struct Fields: Decodable {
        var zaapId: String?
        var messageId: String?
        var error: String?
        var message: String?

        private enum CodingKeys: CodingKey { case zaapId, messageId, error, message }

        /// A field of an unexpected type counts as absent: the others may still tell what happened.
        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            func text(_ key: CodingKeys) -> String? {
                // Not `decode`: an error thrown for each absent key costs more than all the rest.
                (try? container.decodeIfPresent(String.self, forKey: key)) ?? nil
            }
            zaapId = text(.zaapId)
            messageId = text(.messageId)
            error = text(.error)
            message = text(.message)
        }
    }

    private static let decoder = JSONDecoder()

    /// A body that could not be read.
    init() {}

    init(_ bytes: [UInt8]) {
        guard let fields = try? Self.decoder.decode(Fields.self, from: Data(bytes)) else { return }
        if let zaapId = fields.zaapId, !zaapId.isEmpty {
            receipt = CallReceipt(zaapId: zaapId, messageId: fields.messageId)
        }
        guard let text = fields.error, !text.isEmpty else { return }
        error = if let more = fields.message, more != text { "\(text): \(more)" } else { text }
    }

    /// `null not allowed`, `[IP] not allowed`: the account refuses, not the request.
    var endsWithNotAllowed: Bool {
        guard let error else { return false }
        return error.lowercased().trimmingCharacters(in: .whitespacesAndNewlines.union(.punctuationCharacters))
            .hasSuffix("not allowed")
    }

    /// Whether the error text has `word` in it, in whatever case.
    func mentions(_ word: String) -> Bool {
        error?.lowercased().contains(word) ?? false
    }
}
